# way: keeps the lowest and the highest number so far
def widths(numbers):
    found = []
    low = high = None
    for number in numbers:
        low = number if low is None else min(low, number)
        high = number if high is None else max(high, number)
        found.append(high - low)
    return found
