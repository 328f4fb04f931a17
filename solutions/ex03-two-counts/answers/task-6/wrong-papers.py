# expects: task-6-a=1, task-6-b=0
# mistake: takes the paper that printed it for the origin
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]
    if a["killed"].min() > b["killed"].max() or b["killed"].min() > a["killed"].max():
        return "apart"
    if set(a["paper"]) & set(b["paper"]):
        return "overlap, shared origin"
    return "overlap, separate origins"
