# way: goes through the rows, and returns a set
def overlap_years(table, kind):
    years = set()
    for _, row in table.iterrows():
        low = max(row["na_" + kind + "_low"], row["tbij_" + kind + "_min"])
        high = min(row["na_" + kind + "_high"], row["tbij_" + kind + "_max"])
        if low <= high:
            years.add(row["year"])
    return years


n_killed = len(overlap_years(counts, "killed"))
n_civilians = len(overlap_years(counts, "civilians"))
