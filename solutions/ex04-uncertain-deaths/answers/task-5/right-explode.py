# way: one row for each country, and a Series of places
def limits_for(table, country):
    alone = table.loc[table["battle_location"] == country, "bd_best"].sum()
    parts = table["battle_location"].str.split(", ")
    among = table["bd_best"][parts.apply(lambda names: country in names)].sum()
    return [alone, among]


rows = deaths[(deaths["version"] == "24.1") & (deaths["dyad_id"] == 878)]
afghan_limits = limits_for(rows, "Afghanistan")
places = rows["battle_location"].str.split(", ").explode()
other_places = places[~places.isin(["Afghanistan", "Pakistan"])].drop_duplicates()
