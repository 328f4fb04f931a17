# expects: task-6-a=1.5, task-6-b=1
# mistake: takes the last row of the table for the latest report
def resolve(table, rule, place, until):
    known = table[table["date"] <= until]
    if known.empty:
        return None
    if rule == "at any time":
        return bool((known["place"] == place).any())
    return bool(known["place"].iloc[-1] == place)


any_time = resolve(evidence, "at any time", "Afghanistan", "2026-04-07")
at_end = resolve(evidence, "at the end", "Afghanistan", "2026-04-07")
at_end_2022 = resolve(evidence, "at the end", "Afghanistan", "2022-12-31")
