# expects: task-4-a=0.75, task-4-b=0
# mistake: finds only the pairs in which the first row is the higher one
def clashes(table, years):
    rows = []
    for row_id, as_of, low, high in zip(table["id"], table["as_of"], table["low"], table["high"]):
        rows.append((row_id, int(as_of[:4]), number(low), number(high)))
    found = []
    for (id_1, year_1, low_1, high_1), (id_2, year_2, low_2, high_2) in combinations(rows, 2):
        above = low_1 is not None and high_2 is not None and low_1 > high_2
        if above and abs(year_1 - year_2) <= years:
            found.append((id_1, id_2))
    return found


like = estimates[
    (estimates["group"] == "Al-Qaida")
    & (estimates["area"] == "Afghanistan")
    & (estimates["kind"] != "attrition claim")
    & (estimates["as_of"] >= "2009")
]
clashes_ever = len(clashes(like, 100))
clashes_near = len(clashes(like, 1))
