# expects: task-2-a=0, task-2-b=0, task-2-c=0
# mistake: takes the side on which the best estimate stands for the side to which the band reaches
def reach(low, best, high):
    return (high - best, best - low)


def lean(low, best, high):
    below, above = best - low, high - best
    if above > below:
        return "downward"
    if above < below:
        return "upward"
    return "neither"


leans = {"upward": 0, "downward": 0, "neither": 0}
newest = deaths[deaths["version"] == "24.1"]
for low, best, high in zip(newest["bd_low"], newest["bd_best"], newest["bd_high"]):
    word = lean(low, best, high)
    leans[word] = leans[word] + 1
