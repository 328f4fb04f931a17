# way: the standard library's mean, and both squares in one list
from statistics import fmean


def brier(forecasts, outcomes):
    known = [key for key in forecasts if outcomes[key] in (0, 1)]
    if len(known) > 0:
        return fmean([(outcomes[key] - forecasts[key]) ** 2 for key in known])


def brier_both(forecasts, outcomes):
    known = [key for key in forecasts if outcomes[key] in (0, 1)]
    squares = []
    for key in known:
        for happens in (1, 0):
            chance = forecasts[key] if happens else 1 - forecasts[key]
            squares.append((chance - (outcomes[key] == happens)) ** 2)
    if known:
        return sum(squares) / len(known)
