# expects: task-5-a=2, task-5-b=0.75
# mistake: gives the size of the older copy as the number compared
def any_change(table, prefix, old, new, columns):
    chosen = table[table["ref"].str.startswith(prefix)]
    earlier = chosen[chosen["snapshot"] == old]
    later = chosen[chosen["snapshot"] == new]
    pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
    found = set()
    for column in columns:
        found = found | set(pairs[pairs[column + "_old"] != pairs[column + "_new"]]["ref"])
    return found


before = set(snapshots[snapshots["snapshot"] == COPIES[3]]["ref"])
changed_taliban = len(any_change(snapshots, "TA", COPIES[3], COPIES[5], FIELDS))
compared_taliban = len([ref for ref in before if ref.startswith("TA")])
changed_al_qaida = len(any_change(snapshots, "QD", COPIES[3], COPIES[5], FIELDS))
compared_al_qaida = len([ref for ref in before if ref.startswith("QD")])
