# expects: task-1-a=0, task-1-b=0
# mistake: returns the years that have a row
def gap_years(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    years = set(chosen["year"])
    return sorted(years)


gaps_al_qaida = gap_years(deaths, "24.1", 878)
gaps_taliban = gap_years(deaths, "24.1", 735)
