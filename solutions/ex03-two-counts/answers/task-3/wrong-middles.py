# expects: task-3-a=0, task-3-b=0
# mistake: sums the middles of the bands, one number for each count
def totals(table, kind, first, last):
    chosen = table[table["year"].between(first, last)]
    a = (chosen[f"na_{kind}_low"] + chosen[f"na_{kind}_high"]).sum() / 2
    b = (chosen[f"tbij_{kind}_min"] + chosen[f"tbij_{kind}_max"]).sum() / 2
    return (a, b)


killed_common = totals(counts, "killed", 2004, 2017)
civilians_common = totals(counts, "civilians", 2004, 2017)
civilians_2009_2015 = totals(counts, "civilians", 2009, 2015)
