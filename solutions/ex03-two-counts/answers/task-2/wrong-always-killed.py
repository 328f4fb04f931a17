# expects: task-2-a=0.25, task-2-b=0, task-2-c=0.5
# mistake: does not use the kind that is handed over
def overlap_years(table, kind):
    years = []
    for year, a_low, a_high, b_low, b_high in zip(
        table["year"],
        table["na_killed_low"],
        table["na_killed_high"],
        table["tbij_killed_min"],
        table["tbij_killed_max"],
    ):
        if a_low <= b_high and b_low <= a_high:
            years.append(year)
    return years


n_killed = len(overlap_years(counts, "killed"))
n_civilians = len(overlap_years(counts, "civilians"))
