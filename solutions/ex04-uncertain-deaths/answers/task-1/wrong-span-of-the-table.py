# expects: task-1-a=0, task-1-b=0
# mistake: takes the first and the last year of the table for those of the dyad
def gap_years(table, version, dyad):
    chosen = table[(table["version"] == version) & (table["dyad_id"] == dyad)]
    years = set(chosen["year"])
    return sorted(set(range(table["year"].min(), table["year"].max() + 1)) - years)


gaps_al_qaida = gap_years(deaths, "24.1", 878)
gaps_taliban = gap_years(deaths, "24.1", 735)
