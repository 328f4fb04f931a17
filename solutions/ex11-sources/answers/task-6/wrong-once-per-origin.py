# expects: task-6-a=0.875, task-6-b=0
# mistake: counts each origin once, where every row counts as it stands
def turning(matrix):
    points = {"I": 1, "II": 2}
    columns = [column for column in matrix.columns if column.startswith("h_")]

    def leaders(table):
        total = {}
        for column in columns:
            worth = [points.get(mark, 0) for mark in table[column]]
            total[column] = pd.Series(worth).groupby(list(table["origin"])).max().sum()
        return set(column for column in columns if total[column] == min(total.values()))

    found = []
    for evidence_id in matrix["evidence_id"]:
        rest = matrix[matrix["evidence_id"] != evidence_id]
        if leaders(rest) != leaders(matrix):
            found.append(evidence_id)
    return found


turning_rows = turning(ach)
