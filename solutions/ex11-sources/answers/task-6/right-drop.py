# way: drops rows by position, and returns a Series
def turning(matrix):
    columns = [column for column in matrix.columns if column[:2] == "h_"]

    def first(table):
        total = [list(table[c]).count("I") + 2 * list(table[c]).count("II") for c in columns]
        return [c for c, points in zip(columns, total) if points == min(total)]

    turns = [first(matrix.drop(row)) != first(matrix) for row in matrix.index]
    return matrix["evidence_id"][turns]


turning_rows = turning(ach).tolist()
