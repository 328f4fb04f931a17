# expects: task-1-a=1.75, task-1-b=1
# mistake: lets a decade begin with the year that stands in the table
def span(text, precision):
    year = int(text[:4])
    if precision == "decade":
        return date(year, 1, 1), date(year + 9, 12, 31)
    if precision == "year":
        return date(year, 1, 1), date(year, 12, 31)
    month = int(text[5:7])
    if precision == "month":
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date.fromisoformat(text)
    return day, day


row = timeline[timeline["title"] == "Prince Turki meets Mullah Omar"].iloc[0]
turki_visit = span(row["date"], row["precision"])
