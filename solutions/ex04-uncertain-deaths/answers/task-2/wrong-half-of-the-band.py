# expects: task-2-a=0, task-2-b=0, task-2-c=0
# mistake: reads the band as a confidence interval: best plus or minus half of the band
def reach(low, best, high):
    half = (high - low) / 2
    return (half, half)


def lean(low, best, high):
    below, above = reach(low, best, high)
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
