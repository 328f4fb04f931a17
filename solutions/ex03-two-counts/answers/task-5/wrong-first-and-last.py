# expects: task-5-a=0, task-5-b=0
# mistake: takes the newest report minus the first
def widths(numbers):
    return [number - numbers[0] for number in numbers]
