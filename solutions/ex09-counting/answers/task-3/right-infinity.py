# way: lets an open bound be infinite while it compares, and opens it again
def common(first, second):
    no_end = float("inf")
    low = max(-no_end if pair[0] is None else pair[0] for pair in (first, second))
    high = min(no_end if pair[1] is None else pair[1] for pair in (first, second))
    if low > high:
        return "no common number"
    return (None if low == -no_end else float(low), None if high == no_end else float(high))


results = tuple(common(BOUNDS[two], BOUNDS[one]) for one, two in PAIRS)
