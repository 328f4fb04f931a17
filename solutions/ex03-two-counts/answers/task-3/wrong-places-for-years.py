# expects: task-3-a=0.75, task-3-b=2
# mistake: chooses rows by their place, as if the table were always sorted
def totals(table, kind, first, last):
    start = table["year"].tolist().index(first)
    chosen = table[start : start + last - first + 1]
    return (
        chosen[f"na_{kind}_low"].sum(),
        chosen[f"na_{kind}_high"].sum(),
        chosen[f"tbij_{kind}_min"].sum(),
        chosen[f"tbij_{kind}_max"].sum(),
    )


killed_common = totals(counts, "killed", 2004, 2017)
civilians_common = totals(counts, "civilians", 2004, 2017)
civilians_2009_2015 = totals(counts, "civilians", 2009, 2015)
