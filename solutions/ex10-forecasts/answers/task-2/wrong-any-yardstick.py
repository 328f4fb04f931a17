# expects: task-2-a=0.625, task-2-b=0.25
# mistake: does not ask which yardstick the word stands in
def midpoint(table, yardstick, word):
    rows = table[table["word"] == word]
    if rows.empty:
        return None
    return (rows["low"].iloc[0] + rows["high"].iloc[0]) / 200


likely_in = {name: midpoint(scales, name, "likely") for name in ["ICD 203", "PHIA", "Kent"]}
