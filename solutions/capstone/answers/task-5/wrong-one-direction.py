# expects: task-5-a=1, task-5-b=0.5
# mistake: has no sign that would lower the number
def after_sign(before, seen_if_true, seen_if_false):
    return before * seen_if_true / (before * seen_if_true + (1 - before) * seen_if_false)


indicators = []
for sign, s, q in [
    ("The harbour office publishes that the engine passed its inspection", 0.9, 0.3),
    ("The company publishes that the crew is hired only until December", 0.6, 0.2),
]:
    indicators.append(
        {
            "sign": sign,
            "before": 0.7,
            "seen_if_true": s,
            "seen_if_false": q,
            "after": after_sign(0.7, s, q),
        }
    )
