# expects: task-1-a=1.5, task-1-b=1
# mistake: returns a ref once for each row that it fills
def bearers(table, word):
    found = []
    for ref, kind, name in zip(table["ref"], table["kind"], table["name"]):
        if kind == "individual" and word in name.split():
            found.append(ref)
    return found
