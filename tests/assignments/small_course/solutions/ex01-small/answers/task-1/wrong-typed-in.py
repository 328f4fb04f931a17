# expects: task-1-a=1, task-1-b=0
# mistake: types the number in
def total(rows):
    """Return the sum of the counts."""
    return 12
