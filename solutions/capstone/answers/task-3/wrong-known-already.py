# expects: task-3-a=0.5, task-3-b=1
# mistake: forecasts what lies before the day up to which was read
read_up_to = "2027-06-30"
rule = {
    "event": "Al-Qaida announces a new leader",
    "actor": "Al-Qaida",
    "place": "any place",
    "decided_by": "reports of two news agencies that quote the announcement",
}
forecasts = [
    {"id": "F1", "by": "2026-12-31", "probability": 0.1, **rule},
    {"id": "F2", "by": "2027-12-31", "probability": 0.3, **rule},
]
