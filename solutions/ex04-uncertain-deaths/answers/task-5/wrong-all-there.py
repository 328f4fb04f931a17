# expects: task-5-a=0, task-5-b=0.5
# mistake: counts all deaths of a row as deaths in that country
def limits_for(table, country):
    alone = among = 0
    for places, best in zip(table["battle_location"], table["bd_best"]):
        countries = places.split(", ")
        if country in countries:
            among = among + best
            if len(countries) == 1:
                alone = alone + best
    return (among, among)


rows = deaths[(deaths["version"] == "24.1") & (deaths["dyad_id"] == 878)]
afghan_limits = limits_for(rows, "Afghanistan")
other_places = set()
for places in rows["battle_location"]:
    other_places.update(places.split(", "))
other_places = other_places - {"Afghanistan", "Pakistan"}
