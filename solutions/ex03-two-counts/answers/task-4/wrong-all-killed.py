# expects: task-4-a=1, task-4-b=1, task-4-c=0
# mistake: computes the gaps for all people killed
def shared_part(a_low, a_high, b_low, b_high):
    low, high = max(a_low, b_low), min(a_high, b_high)
    return (low, high) if low <= high else None


def gap(a_low, a_high, b_low, b_high):
    return max(0, b_low - a_high, a_low - b_high)


civilian_gaps = {}
for year, a_low, a_high, b_low, b_high in zip(
    counts["year"],
    counts["na_killed_low"],
    counts["na_killed_high"],
    counts["tbij_killed_min"],
    counts["tbij_killed_max"],
):
    civilian_gaps[year] = gap(a_low, a_high, b_low, b_high)
