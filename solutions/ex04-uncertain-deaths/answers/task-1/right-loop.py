# way: a loop from the first to the last year, and a set
def gap_years(table, version, dyad):
    years = []
    for row_version, row_dyad, year in zip(table["version"], table["dyad_id"], table["year"]):
        if row_version == version and row_dyad == dyad:
            years.append(year)
    missing = set()
    year = min(years)
    while year < max(years):
        if year not in years:
            missing.add(year)
        year = year + 1
    return missing


gaps_al_qaida = gap_years(deaths, "24.1", 878)
gaps_taliban = gap_years(deaths, "24.1", 735)
