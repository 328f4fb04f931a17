# expects: task-4-a=1, task-4-b=1, task-4-c=0.25
# mistake: takes 'they did not break' for the event, where the word belongs to the break
def decisive(forecasts, first, second):
    found = []
    for claim_id, f in forecasts.items():
        if (f - first[claim_id]) ** 2 != (f - second[claim_id]) ** 2:
            found.append(claim_id)
    return found


def score_by(table, column):
    return ((table["forecast"] - table[column]) ** 2).mean()


own = worked.copy()
own["lenient"] = [1, 1, 1, 1]
own["strict"] = [0, 0, 1, 1]
own["mixed"] = [0, 1, 1, 1]
lenient_score = score_by(own, "lenient")
strict_score = score_by(own, "strict")
mixed_score = score_by(own, "mixed")
half_score = ((0.5 - own["lenient"]) ** 2).mean()
