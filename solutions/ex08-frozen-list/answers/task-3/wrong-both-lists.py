# expects: task-3-a=1.5, task-3-b=0
# mistake: does not ask on which list an entry stands
def changed(table, prefix, old, new, column):
    earlier = table[table["snapshot"] == old]
    later = table[table["snapshot"] == new]
    pairs = earlier.merge(later, on="ref", suffixes=("_old", "_new"))
    return pairs[pairs[column + "_old"] != pairs[column + "_new"]]["ref"].tolist()


nationality_changed = len(changed(snapshots, "TA", COPIES[0], COPIES[1], "nationality"))
