# expects: task-4-a=0.5, task-4-b=0
# mistake: divides by ten instead of halving; the perfect test also makes no false alarms
def halvings(base_rate, sensitivity, false_positive_rate, wanted):
    q, count = false_positive_rate, 0
    while base_rate * sensitivity / (base_rate * sensitivity + (1 - base_rate) * q) < wanted:
        q = q / 10
        count = count + 1
    return count


halvings_a = halvings(0.0001, 0.99, 0.01, 0.5)
worth_perfect = 1.0
