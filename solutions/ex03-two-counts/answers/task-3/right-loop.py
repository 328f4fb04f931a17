# way: adds up in a loop, and returns a list
def totals(table, kind, first, last):
    sums = [0, 0, 0, 0]
    names = [f"na_{kind}_low", f"na_{kind}_high", f"tbij_{kind}_min", f"tbij_{kind}_max"]
    for _, row in table.iterrows():
        if first <= row["year"] <= last:
            for place, name in enumerate(names):
                sums[place] = sums[place] + row[name]
    return sums


killed_common = totals(counts, "killed", 2004, 2017)
civilians_common = totals(counts, "civilians", 2004, 2017)
civilians_2009_2015 = totals(counts, "civilians", 2009, 2015)
