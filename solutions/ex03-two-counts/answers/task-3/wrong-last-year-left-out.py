# expects: task-3-a=0, task-3-b=0
# mistake: leaves the last year out of the span
def totals(table, kind, first, last):
    chosen = table[(table["year"] >= first) & (table["year"] < last)]
    return (
        chosen[f"na_{kind}_low"].sum(),
        chosen[f"na_{kind}_high"].sum(),
        chosen[f"tbij_{kind}_min"].sum(),
        chosen[f"tbij_{kind}_max"].sum(),
    )


killed_common = totals(counts, "killed", 2004, 2017)
civilians_common = totals(counts, "civilians", 2004, 2017)
civilians_2009_2015 = totals(counts, "civilians", 2009, 2015)
