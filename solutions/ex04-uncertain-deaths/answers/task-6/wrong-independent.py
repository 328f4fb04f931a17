# expects: task-6-a=0.5, task-6-b=0
# mistake: adds the squares, as if the errors of the years were independent
def total_range(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    best = chosen["bd_best"].sum()
    below = ((chosen["bd_best"] - chosen["bd_low"]) ** 2).sum() ** 0.5
    above = ((chosen["bd_high"] - chosen["bd_best"]) ** 2).sum() ** 0.5
    return (best - below, best, best + above)


total_al_qaida = total_range(deaths, "24.1", 878)
