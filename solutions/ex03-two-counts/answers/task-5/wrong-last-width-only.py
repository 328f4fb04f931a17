# expects: task-5-a=0, task-5-b=0
# mistake: returns one width for all the reports
def widths(numbers):
    return [max(numbers) - min(numbers)]
