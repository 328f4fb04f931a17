# expects: task-4-a=1, task-4-b=1, task-4-c=0
# mistake: leaves out the years in which the bands overlap
def shared_part(a_low, a_high, b_low, b_high):
    low, high = max(a_low, b_low), min(a_high, b_high)
    return (low, high) if low <= high else None


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
civilian_gaps = {year: size for year, size in civilian_gaps.items() if size > 0}
