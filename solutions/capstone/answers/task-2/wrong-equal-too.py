# expects: task-2-a=0.75
# mistake: takes equal probabilities for a contradiction
def contradictions(forecasts):
    pairs = []
    for first in forecasts:
        for second in forecasts:
            if (
                first["event"] == second["event"]
                and first["by"] < second["by"]
                and first["probability"] >= second["probability"]
            ):
                pairs.append((first["id"], second["id"]))
    return pairs
