# expects: task-6-a=0.4286, task-6-b=1
# mistake: compares first days, as if the spans were exact
def changed(table, title, new):
    old = table[title]
    return [
        other
        for other, days in table.items()
        if other != title and (old[0] < days[0]) != (new[0] < days[0])
    ]


if_1987 = changed(spans, "Al-Qaida founded", (date(1987, 1, 1), date(1987, 12, 31)))
if_may = changed(spans, "Battle of Jaji", (date(1987, 5, 12), date(1987, 5, 12)))
