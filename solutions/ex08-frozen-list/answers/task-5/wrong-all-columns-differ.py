# expects: task-5-a=1, task-5-b=0.75
# mistake: asks that every column differs, where one is enough
def any_change(table, prefix, old, new, columns):
    chosen = table[table["ref"].str.startswith(prefix)]
    earlier = chosen[chosen["snapshot"] == old]
    later = chosen[chosen["snapshot"] == new]
    pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
    found = set(pairs["ref"])
    for column in columns:
        found = found & set(pairs[pairs[column + "_old"] != pairs[column + "_new"]]["ref"])
    return found


before = set(snapshots[snapshots["snapshot"] == COPIES[3]]["ref"])
after = set(snapshots[snapshots["snapshot"] == COPIES[5]]["ref"])
changed_taliban = len(any_change(snapshots, "TA", COPIES[3], COPIES[5], FIELDS))
compared_taliban = len([ref for ref in before & after if ref.startswith("TA")])
changed_al_qaida = len(any_change(snapshots, "QD", COPIES[3], COPIES[5], FIELDS))
compared_al_qaida = len([ref for ref in before & after if ref.startswith("QD")])
