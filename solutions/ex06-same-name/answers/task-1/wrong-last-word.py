# expects: task-1-a=1.5, task-1-b=0
# mistake: looks at the last word of the name only, as if it were a surname
def bearers(table, word):
    people = table[table["kind"] == "individual"]
    return {r for r, name in zip(people["ref"], people["name"]) if word == name.split()[-1]}
