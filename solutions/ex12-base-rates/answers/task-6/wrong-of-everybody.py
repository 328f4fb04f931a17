# expects: task-6-a=0, task-6-b=0.5
# mistake: counts both shares among everybody
def turned_round(table, column):
    sought = table[table["sought"] == "yes"]
    yes = table[table[column] == "yes"]
    both = sought[sought[column] == "yes"]["people"].sum()
    return both / table["people"].sum(), both / table["people"].sum()


base_rate_reported = 60 / 6000
worth_reported = 60 / 1000000
