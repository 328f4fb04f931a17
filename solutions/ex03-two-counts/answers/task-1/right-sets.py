# way: builds both bands as sets of whole numbers
def overlap(a_low, a_high, b_low, b_high):
    a = set(range(a_low, a_high + 1))
    b = set(range(b_low, b_high + 1))
    return len(a & b) > 0
