# expects: task-3-a=1.25, task-3-b=0
# mistake: reads 'very likely' and 'most likely' as 'likely' where the yardstick does not have them
def band(table, yardstick, word):
    rows = table[table["yardstick"] == yardstick]
    for wanted in (word, word.split()[-1]):
        found = rows[rows["word"] == wanted]
        if not found.empty:
            return (int(found["low"].iloc[0]), int(found["high"].iloc[0]))
    return None


shared_words = []
n_differ = 0
for word in sorted(set(scales["word"])):
    american, british = band(scales, "ICD 203", word), band(scales, "PHIA", word)
    if american is not None and british is not None:
        shared_words.append(word)
        if american != british:
            n_differ = n_differ + 1
