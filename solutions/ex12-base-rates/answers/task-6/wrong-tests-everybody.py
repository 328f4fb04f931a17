# expects: task-6-a=1, task-6-b=0.5
# mistake: leaves the test to be used on everybody, reported or not
def turned_round(table, column):
    sought = table[table["sought"] == "yes"]
    yes = table[table[column] == "yes"]
    both = sought[sought[column] == "yes"]["people"].sum()
    return both / sought["people"].sum(), both / yes["people"].sum()


base_rate_reported = turned_round(city, "reported")[1]
worth_reported = turned_round(city, "north")[1]
