# way: goes through the rows one by one, without choosing rows in pandas
def four_groups(table, test):
    groups = {"flagged wrongly": 0, "flagged rightly": 0, "missed": 0, "left alone": 0}
    for sought, flag, people in zip(table["sought"], table[test], table["people"]):
        if flag == "yes":
            name = "flagged rightly" if sought == "yes" else "flagged wrongly"
        else:
            name = "missed" if sought == "yes" else "left alone"
        groups[name] = groups[name] + people
    return groups


groups = four_groups(city, "north")
flagged_wrongly = groups["flagged wrongly"]
flagged_rightly = groups["flagged rightly"]
