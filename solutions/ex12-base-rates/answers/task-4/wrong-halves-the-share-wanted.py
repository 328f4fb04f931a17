# expects: task-4-a=0.5, task-4-b=0.5
# mistake: raises the worth of the flag itself by a factor of two each time
def halvings(base_rate, sensitivity, false_positive_rate, wanted):
    value = (
        base_rate * sensitivity / (base_rate * sensitivity + (1 - base_rate) * false_positive_rate)
    )
    count = 0
    while value < wanted:
        value = value * 2
        count = count + 1
    return count


halvings_a = halvings(0.0001, 0.99, 0.01, 0.5)
worth_perfect = 0.0001 / (0.0001 + 0.9999 * 0.01)
