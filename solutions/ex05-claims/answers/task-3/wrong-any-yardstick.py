# expects: task-3-a=1.25, task-3-b=0
# mistake: does not ask which yardstick the word stands in
def band(table, yardstick, word):
    rows = table[table["word"] == word]
    if rows.empty:
        return None
    return (int(rows["low"].iloc[0]), int(rows["high"].iloc[0]))


shared_words = []
n_differ = 0
for word in sorted(set(scales["word"])):
    american, british = band(scales, "ICD 203", word), band(scales, "PHIA", word)
    if american is not None and british is not None:
        shared_words.append(word)
        if american != british:
            n_differ = n_differ + 1
