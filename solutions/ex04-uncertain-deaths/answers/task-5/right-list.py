# way: fills a list of places with a double loop
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
for text in rows["battle_location"]:
    for place in text.split(","):
        place = place.strip()
        if place not in ("Afghanistan", "Pakistan") and place not in other_places:
            other_places.append(place)
