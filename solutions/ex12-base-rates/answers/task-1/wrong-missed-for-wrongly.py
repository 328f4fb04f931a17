# expects: task-1-a=0, task-1-b=0.5
# mistake: exchanges the missed and the people flagged wrongly
def four_groups(table, test):
    sought = table["sought"] == "yes"
    flagged = table[test] == "yes"
    return {
        "flagged wrongly": int(table[sought & ~flagged]["people"].sum()),
        "flagged rightly": int(table[sought & flagged]["people"].sum()),
        "missed": int(table[~sought & flagged]["people"].sum()),
        "left alone": int(table[~sought & ~flagged]["people"].sum()),
    }


flagged_wrongly = four_groups(city, "north")["flagged wrongly"]
flagged_rightly = four_groups(city, "north")["flagged rightly"]
