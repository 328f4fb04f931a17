# expects: task-3-a=2, task-3-b=0.2
# mistake: divides the 0–2 form by the number of squares instead of the number of forecasts
def brier(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append((f - o) ** 2)
    if not squares:
        return None
    return sum(squares) / len(squares)


def brier_both(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append((f - o) ** 2 + ((1 - f) - (1 - o)) ** 2)
    if not squares:
        return None
    return sum(squares) / (2 * len(squares))
