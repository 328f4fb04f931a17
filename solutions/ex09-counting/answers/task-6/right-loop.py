# way: compares every row with the first one, and returns the average of all bounds
def average(table):
    rows = table.to_dict("records")
    bounds = []
    for row in rows:
        for key in ("group", "area"):
            if row[key] != rows[0][key]:
                return "different things"
        if (row["kind"] == "attrition claim") != (rows[0]["kind"] == "attrition claim"):
            return "different things"
        bounds = bounds + [row["low"], row["high"]]
    if "" in bounds:
        return "open bound"
    return sum(int(bound) for bound in bounds) / len(bounds)


un_2023 = average(estimates[estimates["id"].isin(["E33", "E34", "E35"])])
us_core = average(estimates[estimates["id"].isin(["E31", "E37"])])
un_parts = (BOUNDS["E33"][0] + BOUNDS["E34"][0], BOUNDS["E33"][1] + BOUNDS["E34"][1])
mixed_parts = (None, BOUNDS["E37"][1] + BOUNDS["E34"][1])
