# expects: task-4-a=1.5, task-4-b=1
# mistake: takes one half for the share wanted, whatever is handed over
def halvings(base_rate, sensitivity, false_positive_rate, wanted):
    q, count = false_positive_rate, 0
    while base_rate * sensitivity / (base_rate * sensitivity + (1 - base_rate) * q) < 0.5:
        q = q / 2
        count = count + 1
    return count


halvings_a = halvings(0.0001, 0.99, 0.01, 0.5)
worth_perfect = 0.0001 / (0.0001 + 0.9999 * 0.01)
