# way: a Series of keys, and rounded scores
def decisive(forecasts, first, second):
    f, a, b = pd.Series(forecasts), pd.Series(first), pd.Series(second)
    apart = ((f - a) ** 2 - (f - b) ** 2).abs()
    return apart.index[apart > 1e-9]


def score_by(table, column):
    errors = table["forecast"].sub(table[column])
    return errors.pow(2).sum() / len(errors)


own = worked.assign(half=0.5)
own["mixed"] = own["strict"].where(own["claim_id"] != "C39", own["lenient"])
lenient_score = round(score_by(own, "lenient"), 3)
strict_score = round(score_by(own, "strict"), 3)
mixed_score = round(score_by(own, "mixed"), 3)
half_score = ((own["half"] - own["lenient"]) ** 2).mean()
