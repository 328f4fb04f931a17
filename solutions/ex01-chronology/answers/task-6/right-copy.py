# way: makes a changed copy of the table, and compares two tables of signs
def changed(table, title, new):
    renewed = dict(table)
    renewed[title] = new

    def signs(one):
        return {
            other: (one[title][1] < days[0], days[1] < one[title][0]) for other, days in one.items()
        }

    before, after = signs(table), signs(renewed)
    return {other for other in table if other != title and before[other] != after[other]}


if_1987 = changed(spans, "Al-Qaida founded", (date(1987, 1, 1), date(1987, 12, 31)))
if_may = changed(spans, "Battle of Jaji", (date(1987, 5, 12), date(1987, 5, 12)))
