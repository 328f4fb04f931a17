# expects: task-1-a=0, task-1-b=1.2
# mistake: sets the grades that occur side by side in order, where one may be missing
def diagonal_share(table):
    letters = sorted(set(table["reliability"]))
    figures = sorted(set(table["credibility"]))
    steps = list(zip(letters, figures))
    grades = list(zip(table["reliability"], table["credibility"]))
    return sum(pair in steps for pair in grades) / len(grades)


def chance_share(table):
    letters = table["reliability"].value_counts(normalize=True).sort_index()
    figures = table["credibility"].value_counts(normalize=True).sort_index()
    return sum(one * two for one, two in zip(letters, figures))
