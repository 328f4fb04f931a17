# expects: task-5-a=1, task-5-b=0, task-5-c=0.6667
# mistake: lets newcomers explain that a part is larger than its whole on one day
def least_joined(stock, losses):
    if stock[1] is None or losses[0] is None:
        return 0
    return max(0, losses[0] - stock[1])


def part_fits(part, whole):
    return True


joined_old = least_joined(BOUNDS["E13"], BOUNDS["E16"])
joined_new = least_joined(BOUNDS["E15"], BOUNDS["E16"])
camp_fits = part_fits(BOUNDS["E14"], BOUNDS["E13"])
