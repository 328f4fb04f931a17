# expects: task-6-a=1.75, task-6-b=1
# mistake: counts a score that is equal to the limit as better
def share_better(forecasts, limit):
    better = 0
    rows = list(product([0, 1], repeat=len(forecasts)))
    for outcomes in rows:
        squares = [(f - o) ** 2 for f, o in zip(forecasts, outcomes)]
        score = sum(squares) / len(squares)
        if score <= limit:
            better = better + 1
    return better / len(rows)


lucky = share_better(worked["forecast"].tolist(), 0.25)
