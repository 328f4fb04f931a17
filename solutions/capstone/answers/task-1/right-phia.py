# way: uses another yardstick, and compares shares with a small margin
def word_fits(table, yardstick, word, probability):
    for row in table.to_dict("records"):
        if row["yardstick"] == yardstick and word in (row["term"], row["other_terms"]):
            return row["low"] / 100 - 1e-9 <= probability <= row["high"] / 100 + 1e-9
    return False


yardstick = "PHIA"
judgements = [
    {
        "statement": "The ferry will run on at least 25 days of January 2027.",
        "word": "likely",
        "probability": 0.6,
    },
    {
        "statement": "The company stops the service before 31 December 2027.",
        "word": "unlikely",
        "probability": 0.3,
    },
]
