# expects: task-6-a=1, task-6-b=0
# mistake: looks for shared tellers in the whole table
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]
    if a["killed"].min() > b["killed"].max() or b["killed"].min() > a["killed"].max():
        return "apart"
    if set(table[table["count"] == "A"]["told_by"]) & set(table[table["count"] == "B"]["told_by"]):
        return "overlap, shared origin"
    return "overlap, separate origins"
