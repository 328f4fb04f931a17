# way: multiplies odds, gives two decimal places, and hands in a table
def after_sign(before, seen_if_true, seen_if_false):
    if seen_if_false == 0:
        return 1.0
    odds = before / (1 - before) * seen_if_true / seen_if_false
    return odds / (1 + odds)


indicators = pd.DataFrame(
    {
        "sign": [
            "No tickets for spring are on sale at the counter in December",
            "The company orders new ropes from the chandler",
        ],
        "before": [0.3, 0.3],
        "seen_if_true": [0.6, 0.2],
        "seen_if_false": [0.1, 0.9],
        "after": [0.72, 0.09],
    }
)
