# expects: task-6-a=1, task-6-b=0.5
# mistake: averages the parts of a whole, where they are to be added
def average(table):
    flows = set(table["kind"] == "attrition claim")
    if len(set(table["group"])) > 1 or len(set(table["area"])) > 1 or len(flows) > 1:
        return "different things"
    middles = []
    for low, high in zip(table["low"], table["high"]):
        if low == "" or high == "":
            return "open bound"
        middles.append((number(low) + number(high)) / 2)
    return sum(middles) / len(middles)


un_2023 = average(estimates[estimates["id"].isin(["E33", "E34", "E35"])])
us_core = average(estimates[estimates["id"].isin(["E31", "E37"])])
un_parts = (
    (BOUNDS["E33"][0] + BOUNDS["E34"][0]) / 2,
    (BOUNDS["E33"][1] + BOUNDS["E34"][1]) / 2,
)
mixed_parts = (None, (BOUNDS["E37"][1] + BOUNDS["E34"][1]) / 2)
