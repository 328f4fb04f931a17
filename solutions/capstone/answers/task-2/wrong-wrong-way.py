# expects: task-2-a=0.25
# mistake: finds fault with a later date that is more probable
def contradictions(forecasts):
    pairs = []
    for first in forecasts:
        for second in forecasts:
            if (
                first["event"] == second["event"]
                and first["by"] < second["by"]
                and first["probability"] < second["probability"]
            ):
                pairs.append((first["id"], second["id"]))
    return pairs
