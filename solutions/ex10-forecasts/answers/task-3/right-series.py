# way: Series, which are matched by their index
def brier(forecasts, outcomes):
    table = pd.DataFrame({"f": pd.Series(forecasts), "o": pd.Series(outcomes)}).dropna()
    if table.empty:
        return None
    return ((table["f"] - table["o"].astype(float)) ** 2).mean()


def brier_both(forecasts, outcomes):
    score = brier(forecasts, outcomes)
    return None if score is None else 2 * score
