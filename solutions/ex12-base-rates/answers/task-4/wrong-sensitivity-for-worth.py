# expects: task-4-a=0.5, task-4-b=0
# mistake: compares the sensitivity with the share wanted
def halvings(base_rate, sensitivity, false_positive_rate, wanted):
    count = 0
    while sensitivity < wanted:
        sensitivity = (1 + sensitivity) / 2
        count = count + 1
    return count


halvings_a = halvings(0.0001, 0.99, 0.01, 0.5)
worth_perfect = 1.0
