# expects: task-4-a=0.75, task-4-b=1, task-4-c=1
# mistake: compares the outcomes, where the squares are asked for
def decisive(forecasts, first, second):
    return [claim_id for claim_id in forecasts if first[claim_id] != second[claim_id]]


def score_by(table, column):
    return ((table["forecast"] - table[column]) ** 2).mean()


own = worked.copy()
own["mixed"] = [0, 1, 0, 1]
lenient_score = score_by(own, "lenient")
strict_score = score_by(own, "strict")
mixed_score = score_by(own, "mixed")
half_score = ((0.5 - own["lenient"]) ** 2).mean()
