# expects: task-6-a=0, task-6-b=0
# mistake: gives the two shares the wrong way round, and takes the share of attackers with the sign for a base rate
def turned_round(table, column):
    sought = table[table["sought"] == "yes"]
    yes = table[table[column] == "yes"]
    both = sought[sought[column] == "yes"]["people"].sum()
    return both / yes["people"].sum(), both / sought["people"].sum()


base_rate_reported = turned_round(city, "reported")[1]
worth_reported = turned_round(city[city["reported"] == "yes"], "north")[1]
