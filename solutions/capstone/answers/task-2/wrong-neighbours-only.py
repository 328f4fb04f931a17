# expects: task-2-a=0.75
# mistake: compares each forecast with the next one in time only
def contradictions(forecasts):
    in_time = sorted(forecasts, key=lambda one: one["by"])
    pairs = []
    for first, second in zip(in_time, in_time[1:]):
        same = first["event"] == second["event"] and first["by"] < second["by"]
        if same and first["probability"] > second["probability"]:
            pairs.append((first["id"], second["id"]))
    return pairs
