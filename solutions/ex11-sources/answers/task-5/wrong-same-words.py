# expects: task-5-a=0, task-5-b=0.5
# mistake: takes rows with other words for other evidence, and rows with the same words for one
def against_once(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    strongest = {}
    for origin, mark in zip(matrix["evidence"], matrix[hypothesis]):
        strongest[origin] = max(strongest.get(origin, 0), points.get(mark, 0))
    return sum(strongest.values())


every_row = {}
every_origin = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    every_row[hypothesis] = sum({"I": 1, "II": 2}.get(mark, 0) for mark in ach[hypothesis])
    every_origin[hypothesis] = against_once(ach, hypothesis)
lead_as_it_stands = [name for name in every_row if every_row[name] == min(every_row.values())]
lead_once = [name for name in every_origin if every_origin[name] == min(every_origin.values())]
