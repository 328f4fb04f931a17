# way: between, sets of pairs, and counts in a Series
def bands_at(table, yardstick, percent):
    found = set()
    for _, row in table.iterrows():
        if row["yardstick"] == yardstick and not (percent < row["low"] or percent > row["high"]):
            found.add((row["low"], row["high"]))
    return found


numbers = pd.Series(range(101))
icd_two = (numbers.apply(lambda n: len(bands_at(scales, "ICD 203", n))) == 2).sum()
phia_none = (numbers.apply(lambda n: len(bands_at(scales, "PHIA", n))) == 0).sum()
