# expects: task-5-a=0.8, task-5-b=0
# mistake: reads a row without a first year as no tie
def documented(start, end, first, last):
    if start == "" or int(start) > last:
        return "no"
    if end == "":
        return "yes" if int(start) >= first else "cannot be said"
    return "yes" if int(end) >= first else "no"


answers_1990s = [
    documented(start, end, 1990, 1999) for start, end in zip(ties["start_year"], ties["end_year"])
]
nineties = pd.Series(answers_1990s).value_counts().to_dict()
