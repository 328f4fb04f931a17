# way: compares with a missing number, which is neither larger nor smaller than any other
def documented(start, end, first, last):
    begun, ended = float(start or "nan"), float(end or "nan")
    if begun > last or ended < first:
        return "no"
    if begun >= first or ended <= last or (begun < first and ended > last):
        return "yes"
    return "cannot be said"


nineties = {"yes": 0, "no": 0, "cannot be said": 0}
for row in ties.to_dict("records"):
    nineties[documented(row["start_year"], row["end_year"], 1990, 1999)] += 1
