# way: asks pandas with query and isin, uses the second row of words, and hands in a table
def word_fits(table, yardstick, word, probability):
    rows = table.query("yardstick == @yardstick")
    rows = rows[rows[["term", "other_terms"]].isin([word]).any(axis=1)]
    percent = round(100 * probability, 6)
    return bool(((rows["low"] <= percent) & (rows["high"] >= percent)).any())


yardstick = "ICD 203"
judgements = pd.DataFrame(
    {
        "statement": [
            "By the end of 2027 Al-Qaida announces a new leader.",
            "By the end of 2027 the Taliban hand a member of Al-Qaida to a court abroad.",
        ],
        "word": ["improbable", "remote"],
        "probability": [0.35, 0.02],
    }
)
