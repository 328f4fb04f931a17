# expects: task-6-a=0.75, task-6-b=1
# mistake: averages losses in a year with members on a day
def average(table):
    if len(set(table["group"])) > 1 or len(set(table["area"])) > 1:
        return "different things"
    middles = []
    for low, high in zip(table["low"], table["high"]):
        if low == "" or high == "":
            return "open bound"
        middles.append((number(low) + number(high)) / 2)
    return sum(middles) / len(middles)


un_2023 = average(estimates[estimates["id"].isin(["E33", "E34", "E35"])])
us_core = average(estimates[estimates["id"].isin(["E31", "E37"])])
un_parts = (BOUNDS["E33"][0] + BOUNDS["E34"][0], BOUNDS["E33"][1] + BOUNDS["E34"][1])
mixed_parts = (None, BOUNDS["E37"][1] + BOUNDS["E34"][1])
