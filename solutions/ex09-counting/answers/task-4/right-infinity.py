# way: every row against every row, open bounds as infinite, a set of sorted pairs
def clashes(table, years):
    found = set()
    rows = table.to_dict("records")
    for one in rows:
        for two in rows:
            low = float(one["low"]) if one["low"] else float("-inf")
            high = float(two["high"]) if two["high"] else float("inf")
            near = abs(int(one["as_of"][:4]) - int(two["as_of"][:4])) <= years
            if low > high and near:
                found.add(tuple(sorted([one["id"], two["id"]])))
    return found


like = estimates.query("group == 'Al-Qaida' and area == 'Afghanistan'")
like = like[(like["kind"] != "attrition claim") & (like["as_of"].str[:4].astype(int) >= 2009)]
clashes_ever = len(clashes(like, 50))
clashes_near = len(clashes(like, 1))
