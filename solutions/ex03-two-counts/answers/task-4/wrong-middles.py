# expects: task-4-a=0, task-4-b=0, task-4-c=0
# mistake: puts the means of the ends for the shared part, and the distance of the middles for the gap
def shared_part(a_low, a_high, b_low, b_high):
    return ((a_low + b_low) / 2, (a_high + b_high) / 2)


def gap(a_low, a_high, b_low, b_high):
    return abs((a_low + a_high) / 2 - (b_low + b_high) / 2)


civilian_gaps = {}
for year, a_low, a_high, b_low, b_high in zip(
    counts["year"],
    counts["na_civilians_low"],
    counts["na_civilians_high"],
    counts["tbij_civilians_min"],
    counts["tbij_civilians_max"],
):
    civilian_gaps[year] = gap(a_low, a_high, b_low, b_high)
