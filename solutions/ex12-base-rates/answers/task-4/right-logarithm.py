# way: solves for the rate that is needed and takes the logarithm
def halvings(base_rate, sensitivity, false_positive_rate, wanted):
    import math

    needed = base_rate * sensitivity * (1 - wanted) / (wanted * (1 - base_rate))
    return max(0, math.ceil(math.log2(false_positive_rate / needed)))


halvings_a = halvings(0.0001, 0.99, 0.01, 0.5)
worth_perfect = 0.0001 / (0.0001 + 0.9999 * 0.01)
