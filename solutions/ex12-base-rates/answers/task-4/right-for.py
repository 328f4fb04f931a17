# way: tries the numbers of halvings from 0 on
def halvings(base_rate, sensitivity, false_positive_rate, wanted):
    for count in range(200):
        wrongly = (1 - base_rate) * false_positive_rate / 2**count
        if base_rate * sensitivity / (base_rate * sensitivity + wrongly) >= wanted:
            return count


halvings_a = halvings(0.0001, 0.99, 0.01, 0.5)
worth_perfect = 0.0001 / (0.0001 + 0.9999 * 0.01)
