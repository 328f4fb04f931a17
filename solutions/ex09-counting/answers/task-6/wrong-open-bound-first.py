# expects: task-6-a=0.75, task-6-b=1
# mistake: asks for open bounds before it asks whether the rows count the same thing
def average(table):
    if "" in set(table["low"]) | set(table["high"]):
        return "open bound"
    flows = set(table["kind"] == "attrition claim")
    if len(set(table["group"])) > 1 or len(set(table["area"])) > 1 or len(flows) > 1:
        return "different things"
    middles = [(int(low) + int(high)) / 2 for low, high in zip(table["low"], table["high"])]
    return sum(middles) / len(middles)


un_2023 = average(estimates[estimates["id"].isin(["E33", "E34", "E35"])])
us_core = average(estimates[estimates["id"].isin(["E31", "E37"])])
un_parts = (BOUNDS["E33"][0] + BOUNDS["E34"][0], BOUNDS["E33"][1] + BOUNDS["E34"][1])
mixed_parts = (None, BOUNDS["E37"][1] + BOUNDS["E34"][1])
