# expects: task-5-a=0.8, task-5-b=0
# mistake: reads an empty last year as a tie without end
def documented(start, end, first, last):
    if start == "":
        return "cannot be said"
    if end == "":
        end = "9999"
    return "yes" if int(start) <= last and int(end) >= first else "no"


answers_1990s = [
    documented(start, end, 1990, 1999) for start, end in zip(ties["start_year"], ties["end_year"])
]
nineties = pd.Series(answers_1990s).value_counts().to_dict()
