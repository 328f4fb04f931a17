# expects: task-5-a=2, task-5-b=0.5
# mistake: lets the hypothesis with most in its favour lead
def against_once(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    strongest = {}
    for origin, mark in zip(matrix["origin"], matrix[hypothesis]):
        strongest[origin] = max(strongest.get(origin, 0), points.get(mark, 0))
    return sum(strongest.values())


in_favour = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    in_favour[hypothesis] = sum({"C": 1, "CC": 2}.get(mark, 0) for mark in ach[hypothesis])
most = max(in_favour.values())
lead_as_it_stands = [name for name in in_favour if in_favour[name] == most]
lead_once = lead_as_it_stands
