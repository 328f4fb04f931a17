# expects: task-6-a=1, task-6-b=0
# mistake: takes two counts for two separate origins
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]["killed"]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]["killed"]
    if a.min() > b.max() or b.min() > a.max():
        return "apart"
    return "overlap, separate origins"
