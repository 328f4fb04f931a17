# way: sums three columns at once, and returns a Series
def total_range(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    return chosen[["bd_low", "bd_best", "bd_high"]].sum()


total_al_qaida = total_range(deaths, "24.1", 878)
