# expects: task-2-a=0, task-2-b=1, task-2-c=1
# mistake: gives the distance below the best estimate as a negative number
def reach(low, best, high):
    return (low - best, high - best)


def lean(low, best, high):
    below, above = best - low, high - best
    if above > below:
        return "upward"
    if above < below:
        return "downward"
    return "neither"


leans = {"upward": 0, "downward": 0, "neither": 0}
newest = deaths[deaths["version"] == "24.1"]
for low, best, high in zip(newest["bd_low"], newest["bd_best"], newest["bd_high"]):
    word = lean(low, best, high)
    leans[word] = leans[word] + 1
