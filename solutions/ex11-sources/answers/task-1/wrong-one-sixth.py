# expects: task-1-a=1, task-1-b=0
# mistake: takes one sixth for the benchmark, however often each grade was used
def diagonal_share(table):
    steps = list(zip("ABCDEF", "123456"))
    grades = list(zip(table["reliability"], table["credibility"]))
    return sum(pair in steps for pair in grades) / len(grades)


def chance_share(table):
    return 1 / 6
