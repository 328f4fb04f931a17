# expects: task-6-a=0, task-6-b=0.75
# mistake: averages unlike things
def average(table):
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
