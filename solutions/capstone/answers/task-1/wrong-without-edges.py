# expects: task-1-a=0.75, task-1-b=1
# mistake: leaves the edges out of the bands
def word_fits(table, yardstick, word, probability):
    for row in table.to_dict("records"):
        if row["yardstick"] == yardstick and word in (row["term"], row["other_terms"]):
            return row["low"] / 100 < probability < row["high"] / 100
    return False


yardstick = "ICD 203"
judgements = [
    {
        "statement": "By the end of 2027 Al-Qaida announces a new leader.",
        "word": "unlikely",
        "probability": 0.3,
    },
    {
        "statement": "By the end of 2027 the Taliban hand a member of Al-Qaida to a court abroad.",
        "word": "almost no chance",
        "probability": 0.02,
    },
]
