# way: hands in a table, with dates as dates
import datetime

read_up_to = datetime.date(2026, 11, 20)
forecasts = pd.DataFrame(
    {
        "id": ["stop-1", "stop-2", "days"],
        "event": ["The company stops the service"] * 2
        + ["A ferry makes a return trip on at least 25 days of the month"],
        "actor": "the Halm Ferry Company",
        "place": "between the town quay and Halm Island",
        "by": pd.to_datetime(["2026-12-31", "2027-12-31", "2027-01-31"]),
        "decided_by": "the harbour office's log, as it stands two weeks later",
        "probability": [0.05, 0.3, 0.6],
    }
)
