# way: adds up in a loop, and returns a list
def total_range(table, version, dyad):
    totals = [0, 0, 0]
    for _, row in table.iterrows():
        if row["version"] == version and row["dyad_id"] == dyad:
            for place, name in enumerate(["bd_low", "bd_best", "bd_high"]):
                totals[place] += row[name]
    return totals


total_al_qaida = total_range(deaths, "24.1", 878)
