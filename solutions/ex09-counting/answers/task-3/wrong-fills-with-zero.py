# expects: task-3-a=1, task-3-b=0.4, task-3-c=0.75
# mistake: fills an open lower bound in with 0
def common(first, second):
    low = max(first[0] or 0, second[0] or 0)
    high = min([value for value in [first[1], second[1]] if value is not None], default=None)
    if high is not None and low > high:
        return "no common number"
    return (low, high)


results = []
for first_id, second_id in PAIRS:
    results.append(common(BOUNDS[first_id], BOUNDS[second_id]))
