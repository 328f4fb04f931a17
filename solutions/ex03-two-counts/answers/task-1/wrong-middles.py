# expects: task-1-a=0, task-1-b=0
# mistake: asks whether the middle of one band lies in the other
def overlap(a_low, a_high, b_low, b_high):
    a_middle = (a_low + a_high) / 2
    b_middle = (b_low + b_high) / 2
    return b_low <= a_middle <= b_high or a_low <= b_middle <= a_high
