# expects: task-6-a=0, task-6-b=0
# mistake: takes the share of the sought for the share of those with the sign
def turned_round(table, column):
    sought = table[table["sought"] == "yes"]
    yes = table[table[column] == "yes"]
    both = sought[sought[column] == "yes"]["people"].sum()
    return both / sought["people"].sum(), both / sought["people"].sum()


base_rate_reported = turned_round(city, "reported")[1]
worth_reported = turned_round(city[city["reported"] == "yes"], "north")[1]
