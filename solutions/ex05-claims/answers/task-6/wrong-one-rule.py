# expects: task-6-a=1.75, task-6-b=0.5
# mistake: resolves by 'at any time' whatever the rule says
def resolve(table, rule, place, until):
    known = table[table["date"] <= until]
    if known.empty:
        return None
    return bool((known["place"] == place).any())


any_time = resolve(evidence, "at any time", "Afghanistan", "2026-04-07")
at_end = resolve(evidence, "at the end", "Afghanistan", "2026-04-07")
at_end_2022 = resolve(evidence, "at the end", "Afghanistan", "2022-12-31")
