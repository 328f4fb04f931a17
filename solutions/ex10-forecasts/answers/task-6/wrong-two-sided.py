# expects: task-6-a=1, task-6-b=0
# mistake: compares the 0–2 form with the limit of the 0–1 form
def share_better(forecasts, limit):
    better = 0
    rows = list(product([0, 1], repeat=len(forecasts)))
    for outcomes in rows:
        squares = [2 * (f - o) ** 2 for f, o in zip(forecasts, outcomes)]
        score = sum(squares) / len(squares)
        if score < limit:
            better = better + 1
    return better / len(rows)


lucky = share_better(worked["forecast"].tolist(), 0.25)
