# expects: task-2-a=0.5, task-2-b=1
# mistake: does not ask for individuals
def named(table, column):
    return sorted(set(table[table[column] == "True"]["ref"]))


def groups(found, standard):
    found, standard = set(found), set(standard)
    return {
        "both": found & standard,
        "found only": found - standard,
        "standard only": standard - found,
    }
