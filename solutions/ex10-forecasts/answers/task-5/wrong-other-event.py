# expects: task-5-a=1, task-5-b=0
# mistake: resolves 'they control all territory', where the word belongs to 'never'
def add_one(forecasts, outcomes, forecast, outcome):
    squares = [(f - outcomes[claim_id]) ** 2 for claim_id, f in forecasts.items()]
    squares.append((forecast - outcome) ** 2)
    return sum(squares) / len(squares)


four = dict(zip(worked["claim_id"], worked["forecast"]))
lenient_five = add_one(four, dict(zip(worked["claim_id"], worked["lenient"])), 0.675, 1)
strict_five = add_one(four, dict(zip(worked["claim_id"], worked["strict"])), 0.675, 1)
