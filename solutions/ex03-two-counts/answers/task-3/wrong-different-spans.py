# expects: task-3-a=1, task-3-b=1
# mistake: compares sums over all years, although one count ends in January 2018
def totals(table, kind, first, last):
    chosen = table[table["year"].between(first, last)]
    return (
        chosen[f"na_{kind}_low"].sum(),
        chosen[f"na_{kind}_high"].sum(),
        chosen[f"tbij_{kind}_min"].sum(),
        chosen[f"tbij_{kind}_max"].sum(),
    )


killed_common = totals(counts, "killed", 2004, 2018)
civilians_common = totals(counts, "civilians", 2004, 2018)
civilians_2009_2015 = totals(counts, "civilians", 2009, 2015)
