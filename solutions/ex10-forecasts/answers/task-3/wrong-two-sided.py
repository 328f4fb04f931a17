# expects: task-3-a=0.25, task-3-b=1
# mistake: gives the 0–2 form, where the 0–1 form is asked for
def brier(forecasts, outcomes):
    squares = []
    for claim_id, f in forecasts.items():
        o = outcomes[claim_id]
        if o is not None:
            squares.append((f - o) ** 2 + ((1 - f) - (1 - o)) ** 2)
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
    return sum(squares) / len(squares)
