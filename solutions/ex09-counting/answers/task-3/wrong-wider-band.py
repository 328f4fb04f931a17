# expects: task-3-a=0.1429, task-3-b=0.6, task-3-c=0
# mistake: returns everything that fits at least one of the two
def common(first, second):
    low = min([value for value in [first[0], second[0]] if value is not None], default=None)
    high = max([value for value in [first[1], second[1]] if value is not None], default=None)
    return (low, high)


results = []
for first_id, second_id in PAIRS:
    results.append(common(BOUNDS[first_id], BOUNDS[second_id]))
