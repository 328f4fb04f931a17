# expects: task-6-a=0, task-6-b=0
# mistake: reads the bands as confidence intervals, with the best total in the middle
def total_range(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    low, high = chosen["bd_low"].sum(), chosen["bd_high"].sum()
    return (low, (low + high) / 2, high)


total_al_qaida = total_range(deaths, "24.1", 878)
