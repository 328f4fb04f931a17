# way: works with whole columns for the gaps, and stores a Series
def shared_part(a_low, a_high, b_low, b_high):
    low, high = max(a_low, b_low), min(a_high, b_high)
    return (low, high) if low <= high else None


def gap(a_low, a_high, b_low, b_high):
    return max(0, b_low - a_high, a_low - b_high)


lows = counts[["na_civilians_low", "tbij_civilians_min"]].max(axis=1)
highs = counts[["na_civilians_high", "tbij_civilians_max"]].min(axis=1)
civilian_gaps = (lows - highs).clip(lower=0)
civilian_gaps.index = counts["year"]
