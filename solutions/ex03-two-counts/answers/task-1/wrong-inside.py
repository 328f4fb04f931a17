# expects: task-1-a=0, task-1-b=0
# mistake: asks whether one band lies wholly inside the other
def overlap(a_low, a_high, b_low, b_high):
    return (a_low <= b_low and b_high <= a_high) or (b_low <= a_low and a_high <= b_high)
