# expects: task-1-a=0, task-1-b=0
# mistake: counts kinds of people instead of people
def four_groups(table, test):
    sought = table["sought"] == "yes"
    flagged = table[test] == "yes"
    return {
        "flagged wrongly": len(table[~sought & flagged]),
        "flagged rightly": len(table[sought & flagged]),
        "missed": len(table[sought & ~flagged]),
        "left alone": len(table[~sought & ~flagged]),
    }


flagged_wrongly = four_groups(city, "north")["flagged wrongly"]
flagged_rightly = four_groups(city, "north")["flagged rightly"]
