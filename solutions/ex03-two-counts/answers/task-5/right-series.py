# way: uses the running maximum and minimum of pandas, and returns a Series
def widths(numbers):
    series = pd.Series(numbers, dtype=float)
    return series.cummax() - series.cummin()
