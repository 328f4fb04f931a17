# way: a Series of all years, without those that have a row
def gap_years(table, version, dyad):
    years = table.query("version == @version and dyad_id == @dyad")["year"]
    span = pd.Series(range(years.min(), years.max() + 1))
    return span[~span.isin(years)]


gaps_al_qaida = gap_years(deaths, "24.1", 878)
gaps_taliban = gap_years(deaths, "24.1", 735)
