# expects: task-1-a=0.875, task-1-b=0.75
# mistake: takes the first column of words only, and calls 90 per cent likely
def word_fits(table, yardstick, word, probability):
    for row in table.to_dict("records"):
        if row["yardstick"] == yardstick and word == row["term"]:
            return row["low"] / 100 - 1e-9 <= probability <= row["high"] / 100 + 1e-9
    return False


yardstick = "ICD 203"
judgements = [
    {
        "statement": "By the end of 2027 Al-Qaida announces a new leader.",
        "word": "likely",
        "probability": 0.9,
    },
    {
        "statement": "By the end of 2027 the Taliban hand a member of Al-Qaida to a court abroad.",
        "word": "almost no chance",
        "probability": 0.02,
    },
]
