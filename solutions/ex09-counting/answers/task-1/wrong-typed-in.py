# expects: task-1-a=1, task-1-b=0
# mistake: types in the numbers of the course's table
def form(low, high):
    if low is None and high is None:
        return "no number"
    if low is None:
        return "upper only"
    if high is None:
        return "lower only"
    return "two bounds"


def count_forms(table, prefix):
    return {"two bounds": 13, "upper only": 10, "lower only": 2, "no number": 6}
