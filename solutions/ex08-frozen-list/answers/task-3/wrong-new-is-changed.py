# expects: task-3-a=0, task-3-b=0
# mistake: counts entries that came or went as changed
def changed(table, prefix, old, new, column):
    chosen = table[table["ref"].str.startswith(prefix)]
    earlier = chosen[chosen["snapshot"] == old]
    later = chosen[chosen["snapshot"] == new]
    pairs = earlier.merge(later, on="ref", how="outer", suffixes=("_old", "_new"))
    return pairs[pairs[column + "_old"] != pairs[column + "_new"]]["ref"].tolist()


nationality_changed = len(changed(snapshots, "TA", COPIES[0], COPIES[1], "nationality"))
