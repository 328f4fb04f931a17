# expects: task-2-a=0.375, task-2-b=0.5
# mistake: gives a word that is in no band 50 per cent
def midpoint(table, yardstick, word):
    rows = table[(table["yardstick"] == yardstick) & (table["word"] == word)]
    if rows.empty:
        return 0.5
    return (rows["low"].iloc[0] + rows["high"].iloc[0]) / 200


likely_in = {name: midpoint(scales, name, "likely") for name in ["ICD 203", "PHIA", "Kent"]}
