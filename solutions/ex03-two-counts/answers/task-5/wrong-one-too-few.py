# expects: task-5-a=0, task-5-b=0
# mistake: stops before the last report
def widths(numbers):
    result = []
    for n in range(1, len(numbers)):
        result.append(max(numbers[:n]) - min(numbers[:n]))
    return result
