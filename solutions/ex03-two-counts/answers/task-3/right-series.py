# way: sums four columns at once, and returns a Series
def totals(table, kind, first, last):
    chosen = table[(table["year"] >= first) & (table["year"] <= last)]
    return chosen[
        [f"na_{kind}_low", f"na_{kind}_high", f"tbij_{kind}_min", f"tbij_{kind}_max"]
    ].sum()


last_common = counts["year"].max() - 1
killed_common = totals(counts, "killed", counts["year"].min(), last_common)
civilians_common = totals(counts, "civilians", counts["year"].min(), last_common)
civilians_2009_2015 = totals(counts, "civilians", 2009, 2015)
