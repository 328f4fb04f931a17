# expects: task-1-a=0, task-1-b=0
# mistake: returns numbers of reports, where shares are asked for
def diagonal_share(table):
    steps = list(zip("ABCDEF", "123456"))
    return sum(pair in steps for pair in zip(table["reliability"], table["credibility"]))


def chance_share(table):
    letters = table["reliability"].value_counts()
    numbers = table["credibility"].value_counts()
    total = 0
    for letter, number in zip("ABCDEF", "123456"):
        total = total + letters.get(letter, 0) * numbers.get(number, 0)
    return total
