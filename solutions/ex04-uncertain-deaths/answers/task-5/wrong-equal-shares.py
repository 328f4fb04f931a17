# expects: task-5-a=0, task-5-b=0.5
# mistake: divides the deaths of a row equally among its countries
def limits_for(table, country):
    total = 0
    for places, best in zip(table["battle_location"], table["bd_best"]):
        countries = places.split(", ")
        if country in countries:
            total = total + best / len(countries)
    return (total, total)


rows = deaths[(deaths["version"] == "24.1") & (deaths["dyad_id"] == 878)]
afghan_limits = limits_for(rows, "Afghanistan")
other_places = set()
for places in rows["battle_location"]:
    other_places.update(places.split(", "))
other_places = other_places - {"Afghanistan", "Pakistan"}
