# expects: task-5-a=0, task-5-b=0
# mistake: adds the new square and divides by the old number of forecasts
def add_one(forecasts, outcomes, forecast, outcome):
    squares = [(f - outcomes[claim_id]) ** 2 for claim_id, f in forecasts.items()]
    squares.append((forecast - outcome) ** 2)
    return sum(squares) / len(forecasts)


four = dict(zip(worked["claim_id"], worked["forecast"]))
lenient_five = add_one(four, dict(zip(worked["claim_id"], worked["lenient"])), 0.675, 0)
strict_five = add_one(four, dict(zip(worked["claim_id"], worked["strict"])), 0.675, 0)
