# expects: task-1-a=0, task-1-b=0
# mistake: takes a missing year for a year with 0 deaths
def gap_years(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    years = set(chosen["year"])
    return {year: 0 for year in range(min(years), max(years) + 1) if year not in years}


gaps_al_qaida = gap_years(deaths, "24.1", 878)
gaps_taliban = gap_years(deaths, "24.1", 735)
