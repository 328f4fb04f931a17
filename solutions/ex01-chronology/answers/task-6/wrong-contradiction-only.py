# expects: task-6-a=0.2857, task-6-b=0.5
# mistake: counts an order as changed only where before becomes after
def changed(table, title, new):
    old = table[title]
    found = []
    for other, days in table.items():
        if other == title:
            continue
        if (old[1] < days[0] and days[1] < new[0]) or (days[1] < old[0] and new[1] < days[0]):
            found.append(other)
    return found


if_1987 = changed(spans, "Al-Qaida founded", (date(1987, 1, 1), date(1987, 12, 31)))
if_may = changed(spans, "Battle of Jaji", (date(1987, 5, 12), date(1987, 5, 12)))
