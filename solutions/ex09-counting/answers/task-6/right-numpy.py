# way: nunique and columns of numbers; the sums with a small function, as lists
def average(table):
    what = table.assign(flow=table["kind"] == "attrition claim")[["group", "area", "flow"]]
    if (what.nunique() > 1).any():
        return "different things"
    if (table[["low", "high"]] == "").any().any():
        return "open bound"
    return table[["low", "high"]].astype(float).mean(axis=1).mean()


def add(ids):
    lows = [BOUNDS[row_id][0] for row_id in ids]
    highs = [BOUNDS[row_id][1] for row_id in ids]
    return [None if None in lows else sum(lows), None if None in highs else sum(highs)]


rows = estimates.set_index("id")
un_2023 = average(rows.loc[["E33", "E34", "E35"]])
us_core = average(rows.loc[["E31", "E37"]])
un_parts = add(["E33", "E34"])
mixed_parts = add(["E37", "E34"])
