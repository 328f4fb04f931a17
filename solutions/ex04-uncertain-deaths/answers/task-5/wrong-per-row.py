# expects: task-5-a=1, task-5-b=0.5
# mistake: lists a country once for each row that names it
def limits_for(table, country):
    alone = among = 0
    for places, best in zip(table["battle_location"], table["bd_best"]):
        countries = places.split(", ")
        if country in countries:
            among = among + best
            if len(countries) == 1:
                alone = alone + best
    return (alone, among)


rows = deaths[(deaths["version"] == "24.1") & (deaths["dyad_id"] == 878)]
afghan_limits = limits_for(rows, "Afghanistan")
other_places = []
for places in rows["battle_location"]:
    for place in places.split(", "):
        if place not in ("Afghanistan", "Pakistan"):
            other_places.append(place)
