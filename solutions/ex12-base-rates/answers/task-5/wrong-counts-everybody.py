# expects: task-5-a=1.3333, task-5-b=1
# mistake: counts the expected number among everybody instead of among those not sought
def twice(table, first, second):
    others = table[table["sought"] == "no"]
    flagged = table[(table[first] == "yes") & (table[second] == "yes")]
    by_first = table[table[first] == "yes"]["people"].sum()
    by_second = table[table[second] == "yes"]["people"].sum()
    expected = by_first * by_second / table["people"].sum()
    return {
        "flagged wrongly": flagged[flagged["sought"] == "no"]["people"].sum(),
        "flagged rightly": flagged[flagged["sought"] == "yes"]["people"].sum(),
        "expected wrongly": expected,
    }


east = twice(city, "north", "east")
west = twice(city, "north", "west")
worth_with_east = east["flagged rightly"] / (east["flagged rightly"] + east["flagged wrongly"])
worth_with_west = west["flagged rightly"] / (west["flagged rightly"] + west["flagged wrongly"])
