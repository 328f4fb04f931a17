# expects: task-3-a=1.5, task-3-b=0.6
# mistake: matches forecasts and outcomes by their place and not by their key
def brier(forecasts, outcomes):
    squares = []
    for f, o in zip(forecasts.values(), outcomes.values()):
        if o is not None:
            squares.append((f - o) ** 2)
    if not squares:
        return None
    return sum(squares) / len(squares)


def brier_both(forecasts, outcomes):
    score = brier(forecasts, outcomes)
    return None if score is None else 2 * score
