# expects: task-1-a=1, task-1-b=0
# mistake: takes a longer word that holds the letters for the word
def bearers(table, word):
    people = table[table["kind"] == "individual"]
    return sorted(set(people[people["name"].str.contains(word)]["ref"]))
