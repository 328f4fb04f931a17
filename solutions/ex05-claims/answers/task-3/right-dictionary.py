# way: a dictionary of pairs, sets, and lists for the bounds
def band(table, yardstick, word):
    pairs = {}
    for _, row in table.iterrows():
        pairs[(row["yardstick"], row["word"])] = [row["low"], row["high"]]
    return pairs.get((yardstick, word))


american = set(scales[scales["yardstick"] == "ICD 203"]["word"])
british = set(scales[scales["yardstick"] == "PHIA"]["word"])
shared_words = american & british
n_differ = len([w for w in shared_words if band(scales, "ICD 203", w) != band(scales, "PHIA", w)])
