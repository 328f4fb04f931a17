# way: counts from 0 to 2 to the power n, and reads the digits
def share_better(forecasts, limit):
    n = len(forecasts)
    good = 0
    for number in range(2**n):
        total = 0
        for place, f in enumerate(forecasts):
            o = (number // 2**place) % 2
            total = total + (f - o) ** 2
        if total / n < limit:
            good = good + 1
    return good / 2**n


lucky = share_better(worked["forecast"].to_list(), 1 / 4)
