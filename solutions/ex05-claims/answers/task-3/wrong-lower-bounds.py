# expects: task-3-a=2, task-3-b=0.5
# mistake: compares the lower bounds alone
def band(table, yardstick, word):
    rows = table[(table["yardstick"] == yardstick) & (table["word"] == word)]
    if rows.empty:
        return None
    return (int(rows["low"].iloc[0]), int(rows["high"].iloc[0]))


shared_words = []
n_differ = 0
for word in sorted(set(scales["word"])):
    american, british = band(scales, "ICD 203", word), band(scales, "PHIA", word)
    if american is not None and british is not None:
        shared_words.append(word)
        if american[0] != british[0]:
            n_differ = n_differ + 1
