# expects: task-4-a=1, task-4-b=0, task-4-c=1
# mistake: takes every row of the matrix for diagnostic, in the belief that more evidence is better
def against(matrix, hypothesis):
    points = {"I": 1, "II": 2}
    return sum(points.get(mark, 0) for mark in matrix[hypothesis])


def diagnostic(matrix):
    return matrix["evidence_id"].tolist()


scores = {}
for hypothesis in ["h_crane", "h_stoppage", "h_leak", "h_ship"]:
    scores[hypothesis] = against(ach, hypothesis)
