# way: returns ISO texts, and finds a last day by going back from the next first day
from datetime import timedelta


def span(text, precision):
    year, month, day = int(text[:4]), int(text[5:7] or 1), int(text[8:10] or 1)
    if precision == "decade":
        first, after = date(year // 10 * 10, 1, 1), date(year // 10 * 10 + 10, 1, 1)
    elif precision == "year":
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
    elif precision == "month":
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
    else:
        first = date(year, month, day)
        after = first + timedelta(days=1)
    return [first.isoformat(), (after - timedelta(days=1)).isoformat()]


row = timeline[timeline["title"] == "Prince Turki meets Mullah Omar"].iloc[0]
turki_visit = span(row["date"], row["precision"])
