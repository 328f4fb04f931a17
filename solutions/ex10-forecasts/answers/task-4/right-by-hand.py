# way: a set, a loop, and the mixed score out of the strict one
def decisive(forecasts, first, second):
    keys = set()
    for key in forecasts:
        if first[key] != second[key] and forecasts[key] != 0.5:
            keys.add(key)
    return keys


def score_by(table, column):
    total = 0
    for f, o in zip(table["forecast"], table[column]):
        total = total + (f - o) ** 2
    return total / len(table)


lenient_score = score_by(worked, "lenient")
strict_score = score_by(worked, "strict")
likely = worked[worked["claim_id"] == "C39"]["forecast"].iloc[0]
mixed_score = strict_score + ((likely - 1) ** 2 - likely**2) / len(worked)
half_score = 1 / 4
