# expects: task-6-a=0.5, task-6-b=0
# mistake: takes the mean of a year for the total of the years
def total_range(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    return (chosen["bd_low"].mean(), chosen["bd_best"].mean(), chosen["bd_high"].mean())


total_al_qaida = total_range(deaths, "24.1", 878)
