# expects: task-1-a=0, task-1-b=0
# mistake: types in the shares of the forty reports
def diagonal_share(table):
    return 0.8


def chance_share(table):
    return 0.229375
