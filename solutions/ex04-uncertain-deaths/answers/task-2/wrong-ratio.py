# expects: task-2-a=1, task-2-b=0, task-2-c=0
# mistake: compares how many times larger one estimate is than another
def reach(low, best, high):
    return (best - low, high - best)


def lean(low, best, high):
    if high * low > best * best:
        return "upward"
    if high * low < best * best:
        return "downward"
    return "neither"


leans = {"upward": 0, "downward": 0, "neither": 0}
newest = deaths[deaths["version"] == "24.1"]
for low, best, high in zip(newest["bd_low"], newest["bd_best"], newest["bd_high"]):
    word = lean(low, best, high)
    leans[word] = leans[word] + 1
