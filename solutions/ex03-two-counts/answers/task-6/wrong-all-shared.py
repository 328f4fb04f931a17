# expects: task-6-a=1, task-6-b=1.5
# mistake: asks that all tellers be the same
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]
    if a["killed"].min() > b["killed"].max() or b["killed"].min() > a["killed"].max():
        return "apart"
    if set(a["told_by"]) == set(b["told_by"]):
        return "overlap, shared origin"
    return "overlap, separate origins"
