# expects: task-3-a=0, task-3-b=0.5
# mistake: reads each date as its first day, so that only equal first days stay open
def open_pairs(table):
    return [
        (one, other) for one, other in combinations(table, 2) if table[one][0] == table[other][0]
    ]


n_open = len(open_pairs(spans))
widest = open_pairs(spans)[0][1]
