# expects: task-5-a=0.4, task-5-b=0
# mistake: reads every empty year as always there
def documented(start, end, first, last):
    begun = int(start) if start else 0
    ended = int(end) if end else 9999
    return "yes" if begun <= last and ended >= first else "no"


answers_1990s = [
    documented(start, end, 1990, 1999) for start, end in zip(ties["start_year"], ties["end_year"])
]
nineties = pd.Series(answers_1990s).value_counts().to_dict()
