# expects: task-6-a=0, task-6-b=0
# mistake: lists the moved event itself
def changed(table, title, new):
    def place(one, other):
        if one[1] < other[0]:
            return "before"
        return "after" if other[1] < one[0] else "cannot be said"

    old = table[title]
    return [title] + [
        other for other, days in table.items() if place(old, days) != place(new, days)
    ]


if_1987 = changed(spans, "Al-Qaida founded", (date(1987, 1, 1), date(1987, 12, 31)))
if_may = changed(spans, "Battle of Jaji", (date(1987, 5, 12), date(1987, 5, 12)))
