# expects: task-1-a=0, task-1-b=0
# mistake: prints the answer and returns nothing
def overlap(a_low, a_high, b_low, b_high):
    print(a_low <= b_high and b_low <= a_high)
