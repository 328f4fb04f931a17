# way: map and nunique, the scores as a Series
def against(matrix, hypothesis):
    return matrix[hypothesis].map({"I": 1, "II": 2}).fillna(0).sum()


def diagnostic(matrix):
    marks = matrix.filter(regex="^h_")
    return matrix[marks.nunique(axis=1) > 1]["evidence_id"]


scores = ach.filter(regex="^h_").apply(lambda marks: marks.map({"I": 1, "II": 2}).sum())
