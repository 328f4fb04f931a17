# expects: task-1-a=0, task-1-b=1
# mistake: supposes that the first band is the lower one
def overlap(a_low, a_high, b_low, b_high):
    return b_low <= a_high
