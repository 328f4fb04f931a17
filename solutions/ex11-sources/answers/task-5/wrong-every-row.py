# expects: task-5-a=0, task-5-b=0.5
# mistake: counts the same story as often as it is told
def against_once(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    return sum(points.get(mark, 0) for mark in matrix[hypothesis])


every_row = {}
every_origin = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    every_row[hypothesis] = sum({"I": 1, "II": 2}.get(mark, 0) for mark in ach[hypothesis])
    every_origin[hypothesis] = against_once(ach, hypothesis)
lead_as_it_stands = [name for name in every_row if every_row[name] == min(every_row.values())]
lead_once = [name for name in every_origin if every_origin[name] == min(every_origin.values())]
