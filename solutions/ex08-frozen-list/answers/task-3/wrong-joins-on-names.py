# expects: task-3-a=1, task-3-b=0
# mistake: joins the two copies on names
def changed(table, prefix, old, new, column):
    chosen = table[table["ref"].str.startswith(prefix)]
    earlier = chosen[chosen["snapshot"] == old]
    later = chosen[chosen["snapshot"] == new]
    pairs = earlier.merge(later, on="name", suffixes=("_old", "_new"))
    return pairs[pairs[column + "_old"] != pairs[column + "_new"]]["ref_new"].tolist()


nationality_changed = len(changed(snapshots, "TA", COPIES[0], COPIES[1], "nationality"))
