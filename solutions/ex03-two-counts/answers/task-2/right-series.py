# way: compares whole columns, and returns a Series
def overlap_years(table, kind):
    a_low, a_high = table[f"na_{kind}_low"], table[f"na_{kind}_high"]
    b_low, b_high = table[f"tbij_{kind}_min"], table[f"tbij_{kind}_max"]
    return table["year"][(a_low <= b_high) & (b_low <= a_high)]


n_killed = overlap_years(counts, "killed").count()
n_civilians = overlap_years(counts, "civilians").count()
