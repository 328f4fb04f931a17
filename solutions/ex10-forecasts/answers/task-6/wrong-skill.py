# expects: task-6-a=0, task-6-b=0
# mistake: looks at the best possible score alone, and takes a good one for skill
def share_better(forecasts, limit):
    squares = [min((f - 1) ** 2, f**2) for f in forecasts]
    if sum(squares) / len(squares) < limit:
        return 0
    return 1


lucky = share_better(worked["forecast"].tolist(), 0.25)
