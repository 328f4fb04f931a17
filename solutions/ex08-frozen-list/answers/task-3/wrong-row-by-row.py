# expects: task-3-a=1, task-3-b=0
# mistake: compares the first row with the first row, whatever entries they hold
def changed(table, prefix, old, new, column):
    chosen = table[table["ref"].str.startswith(prefix)]
    earlier = chosen[chosen["snapshot"] == old]
    later = chosen[chosen["snapshot"] == new]
    rows = zip(later["ref"], earlier[column], later[column])
    return [ref for ref, before, after in rows if before != after]


nationality_changed = len(changed(snapshots, "TA", COPIES[0], COPIES[1], "nationality"))
