# way: weighs the old mean with its number
def add_one(forecasts, outcomes, forecast, outcome):
    n = len(forecasts)
    old = sum((forecasts[key] - outcomes[key]) ** 2 for key in forecasts) / n
    return (n * old + (forecast - outcome) ** 2) / (n + 1)


four = dict(zip(worked["claim_id"], worked["forecast"]))
lenient_five = add_one(four, dict(zip(worked["claim_id"], worked["lenient"])), 0.675, 0)
strict_five = add_one(four, dict(zip(worked["claim_id"], worked["strict"])), 0.675, 0)
