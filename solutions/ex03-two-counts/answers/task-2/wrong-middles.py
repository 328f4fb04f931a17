# expects: task-2-a=0, task-2-b=0, task-2-c=0
# mistake: calls it agreement when the middles are near each other
def overlap_years(table, kind):
    years = []
    for year, a_low, a_high, b_low, b_high in zip(
        table["year"],
        table[f"na_{kind}_low"],
        table[f"na_{kind}_high"],
        table[f"tbij_{kind}_min"],
        table[f"tbij_{kind}_max"],
    ):
        a_middle = (a_low + a_high) / 2
        b_middle = (b_low + b_high) / 2
        if abs(a_middle - b_middle) <= 10:
            years.append(year)
    return years


n_killed = len(overlap_years(counts, "killed"))
n_civilians = len(overlap_years(counts, "civilians"))
