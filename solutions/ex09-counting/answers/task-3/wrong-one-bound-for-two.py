# expects: task-3-a=0.4286, task-3-b=0.2, task-3-c=0.5
# mistake: takes a single bound for an estimate, as if both bounds were given
def common(first, second):
    def fill(pair):
        low, high = pair
        return (high if low is None else low, low if high is None else high)

    (low_1, high_1), (low_2, high_2) = fill(first), fill(second)
    if low_1 is None:
        return (low_2, high_2)
    if low_2 is None:
        return (low_1, high_1)
    if max(low_1, low_2) > min(high_1, high_2):
        return "no common number"
    return (max(low_1, low_2), min(high_1, high_2))


results = []
for first_id, second_id in PAIRS:
    results.append(common(BOUNDS[first_id], BOUNDS[second_id]))
