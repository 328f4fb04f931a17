# expects: task-4-a=0.6, task-4-b=1, task-4-c=1
# mistake: returns the numbers between the bands, which neither count allows
def shared_part(a_low, a_high, b_low, b_high):
    ends = sorted([a_low, a_high, b_low, b_high])
    return (ends[1], ends[2])


def gap(a_low, a_high, b_low, b_high):
    return max(0, b_low - a_high, a_low - b_high)


civilian_gaps = {}
for year, a_low, a_high, b_low, b_high in zip(
    counts["year"],
    counts["na_civilians_low"],
    counts["na_civilians_high"],
    counts["tbij_civilians_min"],
    counts["tbij_civilians_max"],
):
    civilian_gaps[year] = gap(a_low, a_high, b_low, b_high)
