# expects: task-3-a=0, task-3-b=0
# mistake: returns the pairs that can be ordered
def open_pairs(table):
    found = []
    for one, other in combinations(table, 2):
        if table[one][1] < table[other][0] or table[other][1] < table[one][0]:
            found.append((one, other))
    return found


unordered = open_pairs(spans)
n_open = len(unordered)
count = {title: sum(title in pair for pair in unordered) for title in spans}
widest = max(count, key=count.get)
