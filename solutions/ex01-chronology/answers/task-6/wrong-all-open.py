# expects: task-6-a=0, task-6-b=0
# mistake: lists every order that is open after the change, also those open before
def changed(table, title, new):
    return [
        other
        for other, days in table.items()
        if other != title and new[0] <= days[1] and days[0] <= new[1]
    ]


if_1987 = changed(spans, "Al-Qaida founded", (date(1987, 1, 1), date(1987, 12, 31)))
if_may = changed(spans, "Battle of Jaji", (date(1987, 5, 12), date(1987, 5, 12)))
