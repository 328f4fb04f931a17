# expects: task-6-a=1, task-6-b=0
# mistake: takes outcomes in any order for one, so that rows are left out
from itertools import combinations_with_replacement


def share_better(forecasts, limit):
    better = 0
    rows = list(combinations_with_replacement([0, 1], len(forecasts)))
    for outcomes in rows:
        squares = [(f - o) ** 2 for f, o in zip(forecasts, outcomes)]
        score = sum(squares) / len(squares)
        if score < limit:
            better = better + 1
    return better / len(rows)


lucky = share_better(worked["forecast"].tolist(), 0.25)
