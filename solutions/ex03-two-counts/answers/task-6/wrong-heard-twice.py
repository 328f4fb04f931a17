# expects: task-6-a=1, task-6-b=1.5
# mistake: takes a teller who is heard twice in one count for a shared one
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]
    if a["killed"].min() > b["killed"].max() or b["killed"].min() > a["killed"].max():
        return "apart"
    if len(set(table[table["strike"] == strike]["told_by"])) < len(a) + len(b):
        return "overlap, shared origin"
    return "overlap, separate origins"
