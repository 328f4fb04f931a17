# way: sorts by date, takes the pairs with itertools and returns a set
from itertools import combinations


def contradictions(forecasts):
    in_time = sorted(forecasts, key=lambda one: one["by"])
    return {
        (a["id"], b["id"])
        for a, b in combinations(in_time, 2)
        if a["event"] == b["event"] and a["by"] != b["by"] and a["probability"] > b["probability"]
    }
