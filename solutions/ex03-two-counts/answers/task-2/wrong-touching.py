# expects: task-2-a=0.75, task-2-b=0, task-2-c=0
# mistake: takes bands that touch for bands apart
def overlap_years(table, kind):
    years = []
    for year, a_low, a_high, b_low, b_high in zip(
        table["year"],
        table[f"na_{kind}_low"],
        table[f"na_{kind}_high"],
        table[f"tbij_{kind}_min"],
        table[f"tbij_{kind}_max"],
    ):
        if a_low < b_high and b_low < a_high:
            years.append(year)
    return years


n_killed = len(overlap_years(counts, "killed"))
n_civilians = len(overlap_years(counts, "civilians"))
