# expects: task-5-a=0, task-5-b=0
# mistake: writes per cent where shares are asked for
def after_sign(before, seen_if_true, seen_if_false):
    return 100 * before * seen_if_true / (before * seen_if_true + (1 - before) * seen_if_false)


indicators = []
for sign, s, q in [
    ("The harbour office publishes that the engine passed its inspection", 90, 30),
    ("The company publishes that the crew is hired only until December", 20, 60),
]:
    indicators.append(
        {
            "sign": sign,
            "before": 70,
            "seen_if_true": s,
            "seen_if_false": q,
            "after": round(after_sign(0.7, s / 100, q / 100)),
        }
    )
