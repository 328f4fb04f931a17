# expects: task-5-a=0.6667, task-5-b=1, task-5-c=0.6667
# mistake: lets a number of people fall below 0
def least_joined(stock, losses):
    if stock[1] is None or losses[0] is None:
        return 0
    return losses[0] - stock[1]


def part_fits(part, whole):
    if part[0] is None or whole[1] is None:
        return True
    return part[0] <= whole[1]


joined_old = least_joined(BOUNDS["E13"], BOUNDS["E16"])
joined_new = least_joined(BOUNDS["E15"], BOUNDS["E16"])
camp_fits = part_fits(BOUNDS["E14"], BOUNDS["E13"])
