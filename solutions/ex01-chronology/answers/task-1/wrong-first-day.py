# expects: task-1-a=0.25, task-1-b=0
# mistake: reads a month as its first day, and a year or a decade likewise
def span(text, precision):
    year = int(text[:4])
    if precision == "decade":
        year = year - year % 10
    if precision in ("decade", "year"):
        return date(year, 1, 1), date(year, 1, 1)
    month = int(text[5:7])
    if precision == "month":
        return date(year, month, 1), date(year, month, 1)
    day = date.fromisoformat(text)
    return day, day


row = timeline[timeline["title"] == "Prince Turki meets Mullah Omar"].iloc[0]
turki_visit = span(row["date"], row["precision"])
