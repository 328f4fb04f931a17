# way: adds up in a loop and multiplies the two shares
def twice(table, first, second):
    wrongly, rightly, one, two, others = 0, 0, 0, 0, 0
    for row in table.to_dict("records"):
        if row["sought"] == "no":
            others += row["people"]
            one += row["people"] * (row[first] == "yes")
            two += row["people"] * (row[second] == "yes")
        if row[first] == row[second] == "yes":
            if row["sought"] == "yes":
                rightly += row["people"]
            else:
                wrongly += row["people"]
    return {
        "expected wrongly": one / others * two / others * others,
        "flagged rightly": rightly,
        "flagged wrongly": wrongly,
    }


worths = {}
for name in ["east", "west"]:
    found = twice(city, "north", name)
    worths[name] = 1 / (1 + found["flagged wrongly"] / found["flagged rightly"])
worth_with_east, worth_with_west = worths["east"], worths["west"]
