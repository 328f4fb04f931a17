# expects: task-5-a=0.6667, task-5-b=1
# mistake: keeps the first row of each origin, whatever its mark
def against_once(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    kept = matrix.drop_duplicates("origin")
    return sum(points.get(mark, 0) for mark in kept[hypothesis])


every_row = {}
every_origin = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    every_row[hypothesis] = sum({"I": 1, "II": 2}.get(mark, 0) for mark in ach[hypothesis])
    every_origin[hypothesis] = against_once(ach, hypothesis)
lead_as_it_stands = [name for name in every_row if every_row[name] == min(every_row.values())]
lead_once = [name for name in every_origin if every_origin[name] == min(every_origin.values())]
