# way: the mean of the two columns
def midpoint(table, yardstick, word):
    chosen = table[(table["yardstick"] == yardstick) & (table["word"] == word)]
    for middle in chosen[["low", "high"]].mean(axis=1):
        return middle / 100


likely_in = {}
for name in scales["yardstick"].unique():
    likely_in[name] = midpoint(scales, name, "likely")
