# way: pandas periods, which know their own first and last day
def span(text, precision):
    if precision == "decade":
        return pd.Timestamp(text[:3] + "0-01-01"), pd.Timestamp(text[:3] + "9-12-31")
    size = {"day": 10, "month": 7, "year": 4}[precision]
    period = pd.Period(text[:size], freq={"day": "D", "month": "M", "year": "Y"}[precision])
    return period.start_time, period.end_time


found = timeline.query("title == 'Prince Turki meets Mullah Omar'")
turki_visit = list(map(span, found["date"], found["precision"]))[0]
