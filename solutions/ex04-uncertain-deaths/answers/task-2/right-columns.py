# way: counts with whole columns
def reach(low, best, high):
    return (best - low, high - best)


def lean(low, best, high):
    below, above = best - low, high - best
    if above > below:
        return "upward"
    if above < below:
        return "downward"
    return "neither"


newest = deaths[deaths["version"] == "24.1"]
below = newest["bd_best"] - newest["bd_low"]
above = newest["bd_high"] - newest["bd_best"]
leans = {
    "upward": (above > below).sum(),
    "downward": (above < below).sum(),
    "neither": (above == below).sum(),
}
