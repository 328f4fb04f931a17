# expects: task-2-a=0.625, task-2-b=1
# mistake: reads 'most likely' as 'likely' where the yardstick does not have it
def midpoint(table, yardstick, word):
    rows = table[table["yardstick"] == yardstick]
    for wanted in (word, word.split()[-1]):
        found = rows[rows["word"] == wanted]
        if not found.empty:
            return (found["low"].iloc[0] + found["high"].iloc[0]) / 200
    return None


likely_in = {name: midpoint(scales, name, "likely") for name in ["ICD 203", "PHIA", "Kent"]}
