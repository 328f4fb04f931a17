# way: answers the question of the course
read_up_to = None
forecasts = None
read_up_to = "2026-04-07"
rule = {
    "event": "An attack in which somebody is killed or injured is traced to direction by Al-Qaida "
    "from Afghanistan",
    "actor": "Al-Qaida or its South Asian branch",
    "place": "outside Afghanistan and Pakistan",
    "decided_by": "a court's judgement, or public statements of two UN member states, read one "
    "month after the date",
}
forecasts = [
    {"id": "F1", "by": "2026-12-31", "probability": 0.02, **rule},
    {"id": "F2", "by": "2027-12-31", "probability": 0.06, **rule},
]
