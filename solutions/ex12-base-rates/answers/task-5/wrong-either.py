# expects: task-5-a=0.8333, task-5-b=0
# mistake: counts the people whom one of the tests flags
def twice(table, first, second):
    others = table[table["sought"] == "no"]
    flagged = table[(table[first] == "yes") | (table[second] == "yes")]
    by_first = others[others[first] == "yes"]["people"].sum()
    by_second = others[others[second] == "yes"]["people"].sum()
    expected = by_first * by_second / others["people"].sum()
    return {
        "flagged wrongly": flagged[flagged["sought"] == "no"]["people"].sum(),
        "flagged rightly": flagged[flagged["sought"] == "yes"]["people"].sum(),
        "expected wrongly": expected,
    }


east = twice(city, "north", "east")
west = twice(city, "north", "west")
worth_with_east = east["flagged rightly"] / (east["flagged rightly"] + east["flagged wrongly"])
worth_with_west = west["flagged rightly"] / (west["flagged rightly"] + west["flagged wrongly"])
