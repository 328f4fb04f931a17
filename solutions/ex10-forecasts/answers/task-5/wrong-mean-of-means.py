# expects: task-5-a=0.25, task-5-b=0
# mistake: takes the mean of the old score and the new square
def add_one(forecasts, outcomes, forecast, outcome):
    squares = [(f - outcomes[claim_id]) ** 2 for claim_id, f in forecasts.items()]
    return (sum(squares) / len(squares) + (forecast - outcome) ** 2) / 2


four = dict(zip(worked["claim_id"], worked["forecast"]))
lenient_five = add_one(four, dict(zip(worked["claim_id"], worked["lenient"])), 0.675, 0)
strict_five = add_one(four, dict(zip(worked["claim_id"], worked["strict"])), 0.675, 0)
