# expects: task-3-a=1.5, task-3-b=0.8
# mistake: leaves an unknown outcome out of the sum and not out of the number of forecasts
def brier(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append((f - o) ** 2)
    if not squares:
        return None
    return sum(squares) / len(forecasts)


def brier_both(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append((f - o) ** 2 + ((1 - f) - (1 - o)) ** 2)
    if not squares:
        return None
    return sum(squares) / len(forecasts)
