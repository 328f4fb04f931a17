# way: a loop over the rows, without choosing rows in pandas
def reading(table, strike):
    killed = {"A": [], "B": []}
    tellers = {"A": [], "B": []}
    for name, count, told_by, number in zip(
        table["strike"], table["count"], table["told_by"], table["killed"]
    ):
        if name == strike:
            killed[count].append(number)
            tellers[count].append(told_by)
    if max(min(killed["A"]), min(killed["B"])) > min(max(killed["A"]), max(killed["B"])):
        return "apart"
    for teller in tellers["A"]:
        if teller in tellers["B"]:
            return "overlap, shared origin"
    return "overlap, separate origins"
