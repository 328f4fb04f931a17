# way: loops over positions, and returns lists with the later row first
def clashes(table, years):
    table = table.reset_index(drop=True)
    found = []
    for i in range(len(table)):
        for j in range(i):
            lows = [number(table["low"][i]), number(table["low"][j])]
            highs = [number(table["high"][i]), number(table["high"][j])]
            lows = [value for value in lows if value is not None]
            highs = [value for value in highs if value is not None]
            if not lows or not highs or max(lows) <= min(highs):
                continue
            if abs(int(table["as_of"][i][:4]) - int(table["as_of"][j][:4])) <= years:
                found.append([table["id"][i], table["id"][j]])
    return found


like = estimates[
    (estimates["group"] == "Al-Qaida")
    & (estimates["area"] == "Afghanistan")
    & (estimates["kind"] != "attrition claim")
    & (estimates["as_of"] >= "2009")
]
clashes_ever = len(clashes(like, 100))
clashes_near = len(clashes(like, 1))
