# way: a column of points, the largest of each origin, and sets
def against_once(matrix, hypothesis):
    matrix["points"] = matrix[hypothesis].map({"I": 1, "II": 2}).fillna(0)
    return matrix.groupby("origin")["points"].max().sum()


columns = ["h_crane", "h_stoppage", "h_leak", "h_ship"]
rows = pd.Series(
    {name: (ach[name] == "I").sum() + 2 * (ach[name] == "II").sum() for name in columns}
)
once = pd.Series({name: against_once(ach, name) for name in columns})
lead_as_it_stands = set(rows[rows == rows.min()].index)
lead_once = once[once == once.min()].index
