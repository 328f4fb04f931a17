# expects: task-5-a=0.8, task-5-b=0
# mistake: gives up where one of the two cells is empty
def documented(start, end, first, last):
    if start == "" or end == "":
        return "cannot be said"
    return "yes" if int(start) <= last and int(end) >= first else "no"


answers_1990s = [
    documented(start, end, 1990, 1999) for start, end in zip(ties["start_year"], ties["end_year"])
]
nineties = pd.Series(answers_1990s).value_counts().to_dict()
