# expects: task-4-a=1, task-4-b=0.8, task-4-c=1
# mistake: takes only rows with a contradiction for diagnostic
def against(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    return sum(points.get(mark, 0) for mark in matrix[hypothesis])


def diagnostic(matrix):
    columns = [column for column in matrix.columns if column.startswith("h_")]
    found = []
    for row in matrix.to_dict("records"):
        marks = set(row[column] for column in columns)
        if len(marks) > 1 and marks & {"I", "II"}:
            found.append(row["evidence_id"])
    return found


scores = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    scores[hypothesis] = against(ach, hypothesis)
