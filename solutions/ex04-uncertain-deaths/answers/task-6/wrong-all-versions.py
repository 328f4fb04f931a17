# expects: task-6-a=0, task-6-b=0
# mistake: adds up three estimates of the same deaths
def total_range(table, version, dyad):
    chosen = table[table["dyad_id"] == dyad]
    return (chosen["bd_low"].sum(), chosen["bd_best"].sum(), chosen["bd_high"].sum())


total_al_qaida = total_range(deaths, "24.1", 878)
