# way: answers the question of the course
def word_fits(table, yardstick, word, probability):
    """Return whether the word stands on the yardstick and the probability lies in its band."""
    same = (table["term"] == word) | (table["other_terms"] == word)
    for low, high in zip(
        table[(table["yardstick"] == yardstick) & same]["low"],
        table[(table["yardstick"] == yardstick) & same]["high"],
    ):
        if low <= round(100 * probability, 6) <= high:
            return True
    return False


yardstick = None
judgements = None
yardstick = "ICD 203"
judgements = [
    {
        "statement": "On 7 April 2026 the Taliban let members of Al-Qaida live and train in Afghanistan.",
        "word": "very likely",
        "probability": 0.9,
    },
    {
        "statement": "On 7 April 2026 Al-Qaida was preparing attacks abroad from Afghanistan.",
        "word": "unlikely",
        "probability": 0.25,
    },
    {
        "statement": "By 31 December 2027 an attack outside Afghanistan and Pakistan is traced to "
        "direction by Al-Qaida from Afghanistan.",
        "word": "very unlikely",
        "probability": 0.06,
    },
]
