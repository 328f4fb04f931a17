# way: begins with four zeros and counts up
def form(low, high):
    if low is not None:
        return "two bounds" if high is not None else "lower only"
    return "upper only" if high is not None else "no number"


def count_forms(table, prefix):
    counts = {"two bounds": 0, "upper only": 0, "lower only": 0, "no number": 0}
    for group, low, high in zip(table["group"], table["low"], table["high"]):
        if group[: len(prefix)] == prefix:
            counts[form(number(low), number(high))] += 1
    return counts
