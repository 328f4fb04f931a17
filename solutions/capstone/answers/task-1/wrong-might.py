# expects: task-1-a=1, task-1-b=0.75
# mistake: writes a statement with a word that leaves everything open
def word_fits(table, yardstick, word, probability):
    for row in table.to_dict("records"):
        if row["yardstick"] == yardstick and word in (row["term"], row["other_terms"]):
            return row["low"] / 100 - 1e-9 <= probability <= row["high"] / 100 + 1e-9
    return False


yardstick = "ICD 203"
judgements = [
    {
        "statement": "Al-Qaida might announce a new leader by the end of 2027.",
        "word": "unlikely",
        "probability": 0.3,
    },
    {
        "statement": "By the end of 2027 the Taliban hand a member of Al-Qaida to a court abroad.",
        "word": "almost no chance",
        "probability": 0.02,
    },
]
