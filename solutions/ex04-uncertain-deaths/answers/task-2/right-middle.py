# way: compares the best estimate with the middle, and counts with value_counts
def reach(low, best, high):
    return [abs(low - best), abs(high - best)]


def lean(low, best, high):
    if 2 * best < low + high:
        return "upward"
    elif 2 * best > low + high:
        return "downward"
    else:
        return "neither"


newest = deaths[deaths["version"] == "24.1"]
words = newest.apply(lambda row: lean(row["bd_low"], row["bd_best"], row["bd_high"]), axis=1)
leans = words.value_counts()
