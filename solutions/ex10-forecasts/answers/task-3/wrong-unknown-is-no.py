# expects: task-3-a=1.25, task-3-b=0.6
# mistake: takes an outcome that is not known for 'no'
def brier(forecasts, outcomes):
    squares = [(f - (outcomes[claim_id] or 0)) ** 2 for claim_id, f in forecasts.items()]
    return sum(squares) / len(squares)


def brier_both(forecasts, outcomes):
    return 2 * brier(forecasts, outcomes)
