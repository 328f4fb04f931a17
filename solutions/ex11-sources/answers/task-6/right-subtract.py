# way: takes the points of one row off the totals, and returns a set
def turning(matrix):
    marks = matrix.set_index("evidence_id").filter(regex="^h_")
    points = marks.replace({"CC": "0", "C": "0", "N": "0", "II": "2", "I": "1"}).astype(int)
    total = points.sum()
    lead = set(total[total == total.min()].index)
    found = set()
    for row in points.index:
        rest = total - points.loc[row]
        if set(rest[rest == rest.min()].index) != lead:
            found.add(row)
    return found


turning_rows = turning(ach)
