# expects: task-2-a=0.75
# mistake: compares forecasts of different events
def contradictions(forecasts):
    pairs = []
    for first in forecasts:
        for second in forecasts:
            if first["by"] < second["by"] and first["probability"] > second["probability"]:
                pairs.append((first["id"], second["id"]))
    return pairs
