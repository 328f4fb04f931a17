# way: asks for each bound which of the two is missing, and returns a list
def common(first, second):
    if first[0] is None or (second[0] is not None and second[0] > first[0]):
        low = second[0]
    else:
        low = first[0]
    if first[1] is None or (second[1] is not None and second[1] < first[1]):
        high = second[1]
    else:
        high = first[1]
    if low is None or high is None or low <= high:
        return [low, high]
    return "no common number"


results = [common(BOUNDS[one], BOUNDS[two]) for one, two in PAIRS]
