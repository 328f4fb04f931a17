# expects: task-4-a=1, task-4-b=0, task-4-c=0
# mistake: adds the squares and does not take their mean
def decisive(forecasts, first, second):
    found = []
    for claim_id, f in forecasts.items():
        if (f - first[claim_id]) ** 2 != (f - second[claim_id]) ** 2:
            found.append(claim_id)
    return found


def score_by(table, column):
    return ((table["forecast"] - table[column]) ** 2).sum()


own = worked.copy()
own["mixed"] = [0, 1, 0, 1]
lenient_score = score_by(own, "lenient")
strict_score = score_by(own, "strict")
mixed_score = score_by(own, "mixed")
half_score = ((0.5 - own["lenient"]) ** 2).sum()
