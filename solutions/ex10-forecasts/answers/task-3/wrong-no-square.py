# expects: task-3-a=0.5, task-3-b=0.4
# mistake: takes the mean of the differences without their squares
def brier(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append(abs(f - o))
    if not squares:
        return None
    return sum(squares) / len(squares)


def brier_both(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append(abs(f - o) + abs((1 - f) - (1 - o)))
    if not squares:
        return None
    return sum(squares) / len(squares)
