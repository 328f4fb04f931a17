# way: a new column of truth values, and a set
def bearers(table, word):
    holds = table["name"].apply(lambda name: word in name.split(" "))
    return set(table[holds & table["kind"].eq("individual")]["ref"])
