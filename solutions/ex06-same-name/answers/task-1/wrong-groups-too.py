# expects: task-1-a=1, task-1-b=0
# mistake: takes the network itself for a person of that name
def bearers(table, word):
    return {ref for ref, name in zip(table["ref"], table["name"]) if word in name.split()}
