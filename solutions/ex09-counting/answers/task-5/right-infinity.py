# way: an open bound is infinite while it compares; 1 and 0 for true and false
def least_joined(stock, losses):
    most = float("inf") if stock[1] is None else stock[1]
    fewest = float("-inf") if losses[0] is None else losses[0]
    missing = fewest - most
    return missing if missing > 0 else 0


def part_fits(part, whole):
    larger = part[0] is not None and whole[1] is not None and part[0] > whole[1]
    return 0 if larger else 1


joined_old = least_joined(BOUNDS["E13"], BOUNDS["E16"])
joined_new = least_joined(BOUNDS["E15"], BOUNDS["E16"])
camp_fits = bool(part_fits(BOUNDS["E14"], BOUNDS["E13"]))
