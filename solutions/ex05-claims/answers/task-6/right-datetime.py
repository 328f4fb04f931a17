# way: real dates, and idxmax for the latest row
def resolve(table, rule, place, until):
    dates = pd.to_datetime(table["date"])
    known = table[dates <= pd.to_datetime(until)]
    if len(known) == 0:
        return None
    named = known["place"] == place
    if rule == "at any time":
        return named.any()
    return named[pd.to_datetime(known["date"]).idxmax()]


any_time = resolve(evidence, "at any time", "Afghanistan", "2026-04-07")
at_end = resolve(evidence, "at the end", "Afghanistan", "2026-04-07")
at_end_2022 = resolve(evidence, "at the end", "Afghanistan", "2022-12-31")
