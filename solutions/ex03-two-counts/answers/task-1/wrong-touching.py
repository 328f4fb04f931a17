# expects: task-1-a=1, task-1-b=0
# mistake: takes bands that touch for bands apart
def overlap(a_low, a_high, b_low, b_high):
    return a_low < b_high and b_low < a_high
