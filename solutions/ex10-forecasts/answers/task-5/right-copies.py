# way: puts the new forecast into copies of the dictionaries
def add_one(forecasts, outcomes, forecast, outcome):
    f = pd.Series({**forecasts, "added": forecast})
    o = pd.Series({**outcomes, "added": outcome})
    return ((f - o) ** 2).mean()


four = dict(zip(worked["claim_id"], worked["forecast"]))
lenient_five = add_one(four, dict(zip(worked["claim_id"], worked["lenient"])), 0.675, 0)
strict_five = add_one(four, dict(zip(worked["claim_id"], worked["strict"])), 0.675, 0)
