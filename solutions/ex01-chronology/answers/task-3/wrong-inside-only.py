# expects: task-3-a=1, task-3-b=1
# mistake: sees an overlap only where one span lies inside the other without reaching its edge
def open_pairs(table):
    found = []
    for one, other in combinations(table, 2):
        if table[one][0] < table[other][1] and table[other][0] < table[one][1]:
            found.append((one, other))
    return found


unordered = open_pairs(spans)
n_open = len(unordered)
count = {title: sum(title in pair for pair in unordered) for title in spans}
widest = max(count, key=count.get)
