# expects: task-5-a=0.1667, task-5-b=0.1667, task-5-c=0.6667
# mistake: compares upper bound with upper bound, and takes an open one for 0
def least_joined(stock, losses):
    return max(0, (losses[1] or 0) - (stock[1] or 0))


def part_fits(part, whole):
    return (part[1] or 0) <= (whole[1] or 0)


joined_old = least_joined(BOUNDS["E13"], BOUNDS["E16"])
joined_new = least_joined(BOUNDS["E15"], BOUNDS["E16"])
camp_fits = part_fits(BOUNDS["E14"], BOUNDS["E13"])
