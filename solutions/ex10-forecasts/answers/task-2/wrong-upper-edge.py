# expects: task-2-a=0.625, task-2-b=0.25
# mistake: takes the upper edge of the band for its middle
def midpoint(table, yardstick, word):
    rows = table[(table["yardstick"] == yardstick) & (table["word"] == word)]
    if rows.empty:
        return None
    return rows["high"].iloc[0] / 100


likely_in = {name: midpoint(scales, name, "likely") for name in ["ICD 203", "PHIA", "Kent"]}
