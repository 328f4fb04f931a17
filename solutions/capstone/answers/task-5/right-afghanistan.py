# way: answers the question of the course
def after_sign(before, seen_if_true, seen_if_false):
    """Return the probability after a sign was seen."""
    both = before * seen_if_true
    return both / (both + (1 - before) * seen_if_false)


indicators = None
indicators = [
    {
        "sign": "Two governments publish evidence of a cell of Al-Qaida in Afghanistan that plans attacks abroad",
        "before": 0.06,
        "seen_if_true": 0.5,
        "seen_if_false": 0.05,
        "after": after_sign(0.06, 0.5, 0.05),
    },
    {
        "sign": "Two reports of the UN team in a row name no training site of Al-Qaida in Afghanistan",
        "before": 0.06,
        "seen_if_true": 0.2,
        "seen_if_false": 0.5,
        "after": after_sign(0.06, 0.2, 0.5),
    },
]
