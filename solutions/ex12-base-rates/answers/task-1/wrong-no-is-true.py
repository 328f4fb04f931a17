# expects: task-1-a=0, task-1-b=0
# mistake: takes every text that is not empty for true
def four_groups(table, test):
    sought = table["sought"].astype(bool)
    flagged = table[test].astype(bool)
    return {
        "flagged wrongly": int(table[~sought & flagged]["people"].sum()),
        "flagged rightly": int(table[sought & flagged]["people"].sum()),
        "missed": int(table[sought & ~flagged]["people"].sum()),
        "left alone": int(table[~sought & ~flagged]["people"].sum()),
    }


flagged_wrongly = four_groups(city, "north")["flagged wrongly"]
flagged_rightly = four_groups(city, "north")["flagged rightly"]
