# expects: task-5-a=0.0833, task-5-b=1, task-5-c=0.6667
# mistake: takes the lower bound of the stock, which gives the most and not the least
def least_joined(stock, losses):
    if stock[0] is None or losses[0] is None:
        return 0
    return max(0, losses[0] - stock[0])


def part_fits(part, whole):
    if part[0] is None or whole[1] is None:
        return True
    return part[0] <= whole[1]


joined_old = least_joined(BOUNDS["E13"], BOUNDS["E16"])
joined_new = least_joined(BOUNDS["E15"], BOUNDS["E16"])
camp_fits = part_fits(BOUNDS["E14"], BOUNDS["E13"])
