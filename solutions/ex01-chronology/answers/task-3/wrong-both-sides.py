# expects: task-3-a=0, task-3-b=0.5
# mistake: counts every pair from both sides
def open_pairs(table):
    found = []
    for one in table:
        for other in table:
            if (
                one != other
                and table[one][0] <= table[other][1]
                and table[other][0] <= table[one][1]
            ):
                found.append((one, other))
    return found


unordered = open_pairs(spans)
n_open = len(unordered)
count = {title: sum(title in pair for pair in unordered) for title in spans}
widest = max(count, key=count.get)
