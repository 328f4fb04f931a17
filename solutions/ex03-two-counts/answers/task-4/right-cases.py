# way: tells the three cases apart with if, and returns lists
def shared_part(a_low, a_high, b_low, b_high):
    if b_low > a_high or a_low > b_high:
        return None
    ends = sorted([a_low, a_high, b_low, b_high])
    return [ends[1], ends[2]]


def gap(a_low, a_high, b_low, b_high):
    if b_low > a_high:
        return b_low - a_high
    if a_low > b_high:
        return a_low - b_high
    return 0


civilian_gaps = {}
for _, row in counts.iterrows():
    ends = [row["na_civilians_low"], row["na_civilians_high"]]
    ends += [row["tbij_civilians_min"], row["tbij_civilians_max"]]
    civilian_gaps[int(row["year"])] = gap(*ends)
