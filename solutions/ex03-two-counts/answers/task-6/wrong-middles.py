# expects: task-6-a=0, task-6-b=1.5
# mistake: compares the means of the reports instead of the bands
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]
    if abs(a["killed"].mean() - b["killed"].mean()) > 1:
        return "apart"
    if set(a["told_by"]) & set(b["told_by"]):
        return "overlap, shared origin"
    return "overlap, separate origins"
