# expects: task-4-a=0.75, task-4-b=1, task-4-c=0.75
# mistake: exchanges the two rules in the mixed one, and compares dictionaries by place
def decisive(forecasts, first, second):
    found = []
    for claim_id, f, a, b in zip(forecasts, forecasts.values(), first.values(), second.values()):
        if (f - a) ** 2 != (f - b) ** 2:
            found.append(claim_id)
    return found


def score_by(table, column):
    return ((table["forecast"] - table[column]) ** 2).mean()


own = worked.copy()
own["mixed"] = [1, 0, 0, 1]
lenient_score = score_by(own, "lenient")
strict_score = score_by(own, "strict")
mixed_score = score_by(own, "mixed")
half_score = ((0.5 - own["lenient"]) ** 2).mean()
