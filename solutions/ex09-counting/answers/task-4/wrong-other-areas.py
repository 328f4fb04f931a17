# expects: task-4-a=2, task-4-b=0
# mistake: compares figures for Pakistan and for single regions with figures for Afghanistan
def clashes(table, years):
    rows = []
    for row_id, as_of, low, high in zip(table["id"], table["as_of"], table["low"], table["high"]):
        rows.append((row_id, int(as_of[:4]), number(low), number(high)))
    found = []
    for (id_1, year_1, low_1, high_1), (id_2, year_2, low_2, high_2) in combinations(rows, 2):
        above = low_1 is not None and high_2 is not None and low_1 > high_2
        below = low_2 is not None and high_1 is not None and low_2 > high_1
        if (above or below) and abs(year_1 - year_2) <= years:
            found.append((id_1, id_2))
    return found


like = estimates[
    (estimates["group"] == "Al-Qaida")
    & (estimates["kind"] != "attrition claim")
    & (estimates["as_of"] >= "2009")
]
clashes_ever = len(clashes(like, 100))
clashes_near = len(clashes(like, 1))
