"""The report as JSON, for programs; its schema is `grading-report.schema.json` beside this."""

from __future__ import annotations

from datetime import timedelta
from math import isfinite
from typing import Any

from safehaven.grading.outcome import Outcome
from safehaven.grading.report.advice import next_steps
from safehaven.grading.report.model import Run, summarise

FORMAT = "safehaven-grading-report"

#: Grows when a program that reads the report has to change; new fields alone do not count.
VERSION = 1


def as_data(run: Run) -> dict[str, Any]:
    """The report, as `json.dumps` takes it. Write it as ASCII: ids may hold what UTF-8 cannot."""
    summary = summarise(run)
    return {
        "format": FORMAT,
        "version": VERSION,
        "course": run.course,
        "assignment": run.assignment,
        "started": run.started.isoformat(timespec="seconds"),
        "finished": (run.started + timedelta(seconds=run.seconds)).isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 3),
        "workers": run.workers,
        "contained": run.contained,
        "summary": {
            "statuses": dict(summary.statuses),
            "kinds": dict(summary.kinds),
            "fallbacks": dict(summary.fallbacks),
            "late": summary.late,
            "needs_manual": summary.manual,
            "graded_now": summary.graded_now,
            "resumed": run.resumed,
            "per_minute": _rounded(summary.per_minute),
            "mean_score": _rounded(summary.mean_score),
            "maximum": _rounded(summary.maximum),
            "next_steps": next_steps(run, summary),
        },
        "outcomes": [_outcome(outcome) for outcome in run.outcomes],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    # JSON has no words for what a broken gradebook may hold, infinity and not-a-number.
    return {
        key: None if isinstance(value, float) and not isfinite(value) else value
        for key, value in outcome.as_dict().items()
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None or not isfinite(number) else round(number, 3)
