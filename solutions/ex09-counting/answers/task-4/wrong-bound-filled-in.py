# expects: task-4-a=1.5, task-4-b=0
# mistake: fills an open bound in with the other one
def clashes(table, years):
    rows = []
    for row_id, as_of, low, high in zip(table["id"], table["as_of"], table["low"], table["high"]):
        if low == "" and high == "":
            continue
        rows.append((row_id, int(as_of[:4]), int(low or high), int(high or low)))
    found = []
    for (id_1, year_1, low_1, high_1), (id_2, year_2, low_2, high_2) in combinations(rows, 2):
        if (low_1 > high_2 or low_2 > high_1) and abs(year_1 - year_2) <= years:
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
