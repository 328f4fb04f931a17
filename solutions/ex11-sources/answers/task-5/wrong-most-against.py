# expects: task-5-a=2, task-5-b=0
# mistake: lets the hypothesis with most against it lead
def against_once(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    strongest = {}
    for origin, mark in zip(matrix["origin"], matrix[hypothesis]):
        strongest[origin] = max(strongest.get(origin, 0), points.get(mark, 0))
    return sum(strongest.values())


every_row = {}
every_origin = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    every_row[hypothesis] = sum({"I": 1, "II": 2}.get(mark, 0) for mark in ach[hypothesis])
    every_origin[hypothesis] = against_once(ach, hypothesis)
lead_as_it_stands = [name for name in every_row if every_row[name] == max(every_row.values())]
lead_once = [name for name in every_origin if every_origin[name] == max(every_origin.values())]
