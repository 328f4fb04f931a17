# way: asks whether one band lies wholly above the other, with if
def overlap(a_low, a_high, b_low, b_high):
    if a_low > b_high:
        return False
    if b_low > a_high:
        return False
    return True
