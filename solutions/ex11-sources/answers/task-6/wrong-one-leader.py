# expects: task-6-a=0.625, task-6-b=0
# mistake: takes one leader only, so that a shared lead is no change
def turning(matrix):
    points = {"I": 1, "II": 2}
    columns = [column for column in matrix.columns if column.startswith("h_")]

    def leaders(table):
        total = {}
        for column in columns:
            total[column] = sum(points.get(mark, 0) for mark in table[column])
        return min(columns, key=lambda column: total[column])

    found = []
    for evidence_id in matrix["evidence_id"]:
        rest = matrix[matrix["evidence_id"] != evidence_id]
        if leaders(rest) != leaders(matrix):
            found.append(evidence_id)
    return found


turning_rows = turning(ach)
