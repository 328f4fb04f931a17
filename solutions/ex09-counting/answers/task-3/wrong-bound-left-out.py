# expects: task-3-a=0.8571, task-3-b=1, task-3-c=1
# mistake: counts a given bound as left out
def common(first, second):
    low = max([value for value in [first[0], second[0]] if value is not None], default=None)
    high = min([value for value in [first[1], second[1]] if value is not None], default=None)
    if low is not None and high is not None and low >= high:
        return "no common number"
    return (low, high)


results = []
for first_id, second_id in PAIRS:
    results.append(common(BOUNDS[first_id], BOUNDS[second_id]))
