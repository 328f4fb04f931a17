# expects: task-4-a=1, task-4-b=0.2, task-4-c=1
# mistake: leaves out only the rows that fit every hypothesis, not those that speak against all alike
def against(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    return sum(points.get(mark, 0) for mark in matrix[hypothesis])


def diagnostic(matrix):
    columns = [column for column in matrix.columns if column.startswith("h_")]
    found = []
    for row in matrix.to_dict("records"):
        if set(row[column] for column in columns) - {"C", "CC"}:
            found.append(row["evidence_id"])
    return found


scores = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    scores[hypothesis] = against(ach, hypothesis)
