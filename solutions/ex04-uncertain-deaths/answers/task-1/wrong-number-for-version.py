# expects: task-1-a=1, task-1-b=0
# mistake: writes the version as a number, which no row holds, and gives up
def gap_years(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    years = set(chosen["year"])
    return sorted(set(range(min(years), max(years) + 1)) - years)


gaps_al_qaida = sorted(set(deaths[deaths["version"] == 24.1]["year"]))
gaps_taliban = sorted(set(deaths[deaths["version"] == 24.1]["year"]))
