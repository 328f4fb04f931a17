# expects: task-1-a=0.5, task-1-b=0
# mistake: returns names, which do not tell entries apart
def bearers(table, word):
    people = table[table["kind"] == "individual"]
    return {name for name in people["name"] if word in name.split()}
