# way: a loop that keeps the latest date, and numbers for the answer
def resolve(table, rule, place, until):
    latest, there, ever = "", None, 0
    for date, where in zip(table["date"], table["place"]):
        if date > until:
            continue
        if where == place:
            ever = 1
        if date > latest:
            latest, there = date, int(where == place)
    if there is None:
        return None
    return ever if rule == "at any time" else there


any_time = resolve(evidence, "at any time", "Afghanistan", "2026-04-07")
at_end = resolve(evidence, "at the end", "Afghanistan", "2026-04-07")
at_end_2022 = resolve(evidence, "at the end", "Afghanistan", "2022-12-31")
