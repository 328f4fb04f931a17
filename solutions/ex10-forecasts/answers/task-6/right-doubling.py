# way: a list of sums that doubles with every forecast
def share_better(forecasts, limit):
    sums = [0]
    for f in forecasts:
        sums = [s + (f - 1) ** 2 for s in sums] + [s + f**2 for s in sums]
    return pd.Series([s / len(forecasts) < limit for s in sums]).mean()


lucky = share_better(list(worked["forecast"]), 0.25)
