# expects: task-3-a=0.5, task-3-b=1
# mistake: writes dates in words
read_up_to = "2026-04-07"
rule = {
    "event": "Al-Qaida announces a new leader",
    "actor": "Al-Qaida",
    "place": "any place",
    "decided_by": "reports of two news agencies that quote the announcement",
}
forecasts = [
    {"id": "F1", "by": "the end of 2026", "probability": 0.1, **rule},
    {"id": "F2", "by": "the end of 2027", "probability": 0.3, **rule},
]
