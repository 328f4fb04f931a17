# way: gives each bound a name, and asks for the plain case first
def least_joined(stock, losses):
    stock_low, stock_high = stock
    lost_low, lost_high = losses
    if stock_high is not None and lost_low is not None and lost_low > stock_high:
        return lost_low - stock_high
    return 0


def part_fits(part, whole):
    (part_low, part_high), (whole_low, whole_high) = part, whole
    return not (part_low is not None and whole_high is not None and part_low > whole_high)


joined_old = least_joined(BOUNDS["E13"], BOUNDS["E16"])
joined_new = least_joined(BOUNDS["E15"], BOUNDS["E16"])
camp_fits = part_fits(BOUNDS["E14"], BOUNDS["E13"])
