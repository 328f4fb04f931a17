# expects: task-4-a=1, task-4-b=0.25, task-4-c=0
# mistake: supposes that the first band is the lower one, and lets a gap be negative
def shared_part(a_low, a_high, b_low, b_high):
    low, high = max(a_low, b_low), min(a_high, b_high)
    return (low, high) if low <= high else None


def gap(a_low, a_high, b_low, b_high):
    return b_low - a_high


civilian_gaps = {}
for year, a_low, a_high, b_low, b_high in zip(
    counts["year"],
    counts["na_civilians_low"],
    counts["na_civilians_high"],
    counts["tbij_civilians_min"],
    counts["tbij_civilians_max"],
):
    civilian_gaps[year] = gap(a_low, a_high, b_low, b_high)
