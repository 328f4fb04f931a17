# expects: task-3-a=0.5, task-3-b=0
# mistake: words the event differently for each date, once with might
read_up_to = "2026-04-07"
forecasts = [
    {
        "id": "F1",
        "event": "Al-Qaida announces a new leader in 2026",
        "actor": "Al-Qaida",
        "place": "any place",
        "by": "2026-12-31",
        "decided_by": "reports of two news agencies",
        "probability": 0.1,
    },
    {
        "id": "F2",
        "event": "Al-Qaida might announce a new leader in 2027",
        "actor": "Al-Qaida",
        "place": "any place",
        "by": "2027-12-31",
        "decided_by": "reports of two news agencies",
        "probability": 0.3,
    },
]
