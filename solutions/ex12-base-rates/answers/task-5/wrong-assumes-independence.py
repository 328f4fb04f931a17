# expects: task-5-a=1.3333, task-5-b=0
# mistake: gives what independence would have as if it had been seen
def twice(table, first, second):
    others = table[table["sought"] == "no"]
    flagged = table[(table[first] == "yes") & (table[second] == "yes")]
    by_first = others[others[first] == "yes"]["people"].sum()
    by_second = others[others[second] == "yes"]["people"].sum()
    expected = by_first * by_second / others["people"].sum()
    return {
        "flagged wrongly": expected,
        "flagged rightly": flagged[flagged["sought"] == "yes"]["people"].sum(),
        "expected wrongly": expected,
    }


east = twice(city, "north", "east")
west = twice(city, "north", "west")
worth_with_east = east["flagged rightly"] / (east["flagged rightly"] + east["flagged wrongly"])
worth_with_west = west["flagged rightly"] / (west["flagged rightly"] + west["flagged wrongly"])
