# expects: task-6-a=1, task-6-b=0.75
# mistake: uses evidence dated after the last day
def resolve(table, rule, place, until):
    known = table.sort_values("date")
    if rule == "at any time":
        return bool((known["place"] == place).any())
    return bool(known["place"].iloc[-1] == place)


any_time = resolve(evidence, "at any time", "Afghanistan", "2026-04-07")
at_end = resolve(evidence, "at the end", "Afghanistan", "2026-04-07")
at_end_2022 = resolve(evidence, "at the end", "Afghanistan", "2022-12-31")
