# expects: task-4-a=1, task-4-b=1, task-4-c=0.5
# mistake: takes for each forecast the rule that gives the better score
def decisive(forecasts, first, second):
    found = []
    for claim_id, f in forecasts.items():
        if (f - first[claim_id]) ** 2 != (f - second[claim_id]) ** 2:
            found.append(claim_id)
    return found


def score_by(table, column):
    return ((table["forecast"] - table[column]) ** 2).mean()


own = worked.copy()
for row in own.index:
    f, a, b = own.loc[row, "forecast"], own.loc[row, "lenient"], own.loc[row, "strict"]
    own.loc[row, "strict"] = a if (f - a) ** 2 < (f - b) ** 2 else b
own["mixed"] = own["strict"]
lenient_score = score_by(own, "lenient")
strict_score = score_by(own, "strict")
mixed_score = score_by(own, "mixed")
half_score = ((0.5 - own["lenient"]) ** 2).mean()
