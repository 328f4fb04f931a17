# expects: task-5-a=0, task-5-b=0
# mistake: compares each report with the one before it only
def widths(numbers):
    result = [0] * min(1, len(numbers))
    for earlier, later in zip(numbers, numbers[1:]):
        result.append(abs(later - earlier))
    return result
