# expects: task-6-a=0, task-6-b=0
# mistake: reads agreement as confirmation, and does not ask who told it
def reading(table, strike):
    a = table[(table["strike"] == strike) & (table["count"] == "A")]["killed"]
    b = table[(table["strike"] == strike) & (table["count"] == "B")]["killed"]
    if a.min() > b.max() or b.min() > a.max():
        return "apart"
    return "confirmed"
