# expects: task-4-a=0, task-4-b=1, task-4-c=0
# mistake: takes what is consistent off what is inconsistent
def against(matrix, hypothesis):
    points = {"I": 1, "II": 2, "C": -1, "CC": -2}
    return sum(points.get(mark, 0) for mark in matrix[hypothesis])


def diagnostic(matrix):
    columns = [column for column in matrix.columns if column.startswith("h_")]
    found = []
    for row in matrix.to_dict("records"):
        if len(set(row[column] for column in columns)) > 1:
            found.append(row["evidence_id"])
    return found


scores = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    scores[hypothesis] = against(ach, hypothesis)
