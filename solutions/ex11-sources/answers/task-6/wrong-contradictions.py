# expects: task-6-a=0.125, task-6-b=0
# mistake: takes every row with a contradiction for one that turns the lead
def turning(matrix):
    columns = [column for column in matrix.columns if column.startswith("h_")]
    found = []
    for row in matrix.to_dict("records"):
        if any(row[column] in ("I", "II") for column in columns):
            found.append(row["evidence_id"])
    return found


turning_rows = turning(ach)
