# expects: task-6-a=0.25, task-6-b=0
# mistake: gives the number of rows, where their share is asked for
def share_better(forecasts, limit):
    better = 0
    rows = list(product([0, 1], repeat=len(forecasts)))
    for outcomes in rows:
        squares = [(f - o) ** 2 for f, o in zip(forecasts, outcomes)]
        score = sum(squares) / len(squares)
        if score < limit:
            better = better + 1
    return better


lucky = share_better(worked["forecast"].tolist(), 0.25)
