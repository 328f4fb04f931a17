# way: one group for each count, and isin
def reading(table, strike):
    rows = table[table["strike"] == strike]
    lows = rows.groupby("count")["killed"].min()
    highs = rows.groupby("count")["killed"].max()
    if lows.max() > highs.min():
        return "apart"
    a = rows.loc[rows["count"] == "A", "told_by"]
    b = rows.loc[rows["count"] == "B", "told_by"]
    return "overlap, shared origin" if a.isin(b).any() else "overlap, separate origins"
