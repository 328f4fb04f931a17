# expects: task-1-a=0.75, task-1-b=1
# mistake: looks at the rows of all versions together
def gap_years(table, version, dyad):
    chosen = table[table["dyad_id"] == dyad]
    years = set(chosen["year"])
    return sorted(set(range(min(years), max(years) + 1)) - years)


gaps_al_qaida = gap_years(deaths, "24.1", 878)
gaps_taliban = gap_years(deaths, "24.1", 735)
