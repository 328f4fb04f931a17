# expects: task-2-a=0, task-2-b=1
# mistake: takes the word False for true, because it is a text that is not empty
def named(table, column):
    chosen = table[(table["kind"] == "individual") & (table[column].astype(bool))]
    return sorted(set(chosen["ref"]))


def groups(found, standard):
    found, standard = set(found), set(standard)
    return {
        "both": found & standard,
        "found only": found - standard,
        "standard only": standard - found,
    }
