# way: compares the higher low end with the lower high end
def overlap(a_low, a_high, b_low, b_high):
    return max(a_low, b_low) <= min(a_high, b_high)
