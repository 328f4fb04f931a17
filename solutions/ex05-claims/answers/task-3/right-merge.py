# way: joins the two halves of the table on the word, and returns a Series
def band(table, yardstick, word):
    for _, row in table.iterrows():
        if row["yardstick"] == yardstick and row["word"] == word:
            return row[["low", "high"]]


both = scales[scales["yardstick"] == "ICD 203"].merge(
    scales[scales["yardstick"] == "PHIA"], on="word"
)
shared_words = both["word"]
n_differ = ((both["low_x"] != both["low_y"]) | (both["high_x"] != both["high_y"])).sum()
