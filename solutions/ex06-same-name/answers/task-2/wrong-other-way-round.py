# expects: task-2-a=1, task-2-b=0.25
# mistake: exchanges what the rule found only and what the standard holds only
def named(table, column):
    chosen = table[(table["kind"] == "individual") & (table[column] == "True")]
    return set(chosen["ref"])


def groups(found, standard):
    found, standard = set(found), set(standard)
    return {
        "both": found & standard,
        "found only": standard - found,
        "standard only": found - standard,
    }
