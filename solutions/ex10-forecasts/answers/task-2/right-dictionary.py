# way: a dictionary of all words, and a Series for the three values
def midpoint(table, yardstick, word):
    middles = {}
    for _, row in table.iterrows():
        low, high = row["low"] / 100, row["high"] / 100
        middles[(row["yardstick"], row["word"])] = low + (high - low) / 2
    return middles.get((yardstick, word))


names = ["ICD 203", "PHIA", "Kent"]
likely_in = pd.Series([midpoint(scales, name, "likely") for name in names], index=names)
