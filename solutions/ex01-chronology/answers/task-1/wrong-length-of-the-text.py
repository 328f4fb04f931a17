# expects: task-1-a=1, task-1-b=1
# mistake: takes the precision from the length of the text
def span(text, precision):
    year = int(text[:4])
    if len(text) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(text[5:7])
    if len(text) == 7:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    day = date.fromisoformat(text)
    return day, day


row = timeline[timeline["title"] == "Prince Turki meets Mullah Omar"].iloc[0]
turki_visit = span(row["date"], row["precision"])
