# expects: task-5-a=0, task-5-b=0
# mistake: gives the score in the 0–2 form
def add_one(forecasts, outcomes, forecast, outcome):
    squares = [(f - outcomes[claim_id]) ** 2 for claim_id, f in forecasts.items()]
    squares.append((forecast - outcome) ** 2)
    return 2 * sum(squares) / len(squares)


four = dict(zip(worked["claim_id"], worked["forecast"]))
lenient_five = add_one(four, dict(zip(worked["claim_id"], worked["lenient"])), 0.675, 0)
strict_five = add_one(four, dict(zip(worked["claim_id"], worked["strict"])), 0.675, 0)
