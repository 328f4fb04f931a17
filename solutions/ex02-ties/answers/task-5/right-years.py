# way: sets of years that are certain, and of years that are possible
def documented(start, end, first, last):
    period = set(range(first, last + 1))
    earliest = int(start) if start else 0
    latest = int(end) if end else 9999
    certain = {int(year) for year in (start, end) if year}
    if start and end:
        certain = set(range(earliest, latest + 1))
    if certain & period:
        return "yes"
    return "cannot be said" if period & set(range(earliest, latest + 1)) else "no"


nineties = pd.Series(
    [documented(s, e, 1990, 1999) for s, e in zip(ties["start_year"], ties["end_year"])]
).value_counts()
