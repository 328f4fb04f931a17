# expects: task-3-a=0, task-3-b=1
# mistake: types the number in and returns nothing to count
def open_pairs(table):
    return []


n_open = 6
widest = "Haqqani hosts early Arab fighters"
