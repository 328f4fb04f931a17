# way: two dictionaries from ref to cell
def cells(table, prefix, day, column):
    rows = table[table["snapshot"] == day]
    return {r: cell for r, cell in zip(rows["ref"], rows[column]) if r.startswith(prefix)}


def changed(table, prefix, old, new, column):
    before, after = cells(table, prefix, old, column), cells(table, prefix, new, column)
    return {ref for ref in before if ref in after and before[ref] != after[ref]}


nationality_changed = len(changed(snapshots, "TA", COPIES[0], COPIES[1], "nationality"))
