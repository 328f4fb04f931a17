# way: counts marks in lists, and compares each mark with the first one
def against(matrix, hypothesis):
    marks = list(matrix[hypothesis])
    return marks.count("I") + 2 * marks.count("II")


def diagnostic(matrix):
    columns = [name for name in matrix.columns if name[:2] == "h_"]
    found = set()
    for name in columns:
        for row, mark, first in zip(matrix["evidence_id"], matrix[name], matrix[columns[0]]):
            if mark != first:
                found.add(row)
    return found


scores = {name: float(against(ach, name)) for name in ach.columns if name[:2] == "h_"}
