# expects: task-1-a=1, task-1-b=0.4
# mistake: multiplies the share of each letter by itself and forgets the numbers
def diagonal_share(table):
    steps = list(zip("ABCDEF", "123456"))
    grades = list(zip(table["reliability"], table["credibility"]))
    return sum(pair in steps for pair in grades) / len(grades)


def chance_share(table):
    letters = table["reliability"].value_counts(normalize=True)
    total = 0
    for letter, number in zip("ABCDEF", "123456"):
        total = total + letters.get(letter, 0) ** 2
    return total
