# expects: task-6-a=0.5, task-6-b=0
# mistake: takes the lowest low and the highest high of a single year
def total_range(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    return (chosen["bd_low"].min(), chosen["bd_best"].sum(), chosen["bd_high"].max())


total_al_qaida = total_range(deaths, "24.1", 878)
