# way: origins with a strong mark, and those with a weak one and no strong one
def against_once(matrix, hypothesis):
    strong = set(matrix[matrix[hypothesis] == "II"]["origin"])
    weak = set(matrix[matrix[hypothesis] == "I"]["origin"])
    return 2 * len(strong) + len(weak - strong)


every_row = {}
every_origin = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    every_row[hypothesis] = sum({"I": 1, "II": 2}.get(mark, 0) for mark in ach[hypothesis])
    every_origin[hypothesis] = against_once(ach, hypothesis)
lead_as_it_stands = [name for name in every_row if every_row[name] == min(every_row.values())]
lead_once = [name for name in every_origin if every_origin[name] == min(every_origin.values())]
