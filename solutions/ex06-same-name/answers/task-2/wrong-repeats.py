# expects: task-2-a=0.75, task-2-b=0.75
# mistake: keeps a ref as often as it stands in the list
def named(table, column):
    return table[(table["kind"] == "individual") & (table[column] == "True")]["ref"].tolist()


def groups(found, standard):
    return {
        "both": [ref for ref in found if ref in standard],
        "found only": [ref for ref in found if ref not in standard],
        "standard only": [ref for ref in standard if ref not in found],
    }
