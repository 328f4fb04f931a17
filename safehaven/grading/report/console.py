"""The table that stands in the terminal after a run."""

from __future__ import annotations

from collections.abc import Iterator

from safehaven.grading.outcome import Outcome, printable
from safehaven.grading.report.advice import next_steps, numbered
from safehaven.grading.report.kinds import kind
from safehaven.grading.report.model import Run, Summary, summarise
from safehaven.grading.tables import table


def console_table(run: Run) -> str:
    """One row a student, below it what the run comes to and what to do next."""
    summary = summarise(run)
    rows = [
        (printable(o.student, 40), o.status, points(o), len(o.notes) or "") for o in run.outcomes
    ]
    parts = [table(("student", "status", "points", "notes"), rows)] if rows else []
    parts.append("\n".join(_summary(run, summary)))
    steps = next_steps(run, summary)
    if steps:
        parts.append("Next:\n" + "\n".join(f"- {step}" for step in steps))
    return "\n\n".join(parts)


def points(outcome: Outcome) -> str:
    """'3.5 of 7', with a mark where a person's points are still to come."""
    if outcome.score is None:
        return ""
    of = "" if outcome.maximum is None else f" of {outcome.maximum:g}"
    return f"{round(outcome.score, 2):g}{of}{' + by hand' if outcome.needs_manual else ''}"


def pace(run: Run, summary: Summary) -> str:
    """How many were graded in which time, and how fast."""
    text = numbered(summary.graded_now, "submission", "submissions")
    text += f" in {duration(run.seconds)}"
    if summary.per_minute is not None:
        workers = numbered(run.workers, "process", "processes")
        text += f", {summary.per_minute:,.1f} a minute with {workers}"
    if run.resumed:
        text += f"; {run.resumed:,} kept from an earlier run"
    return text


def duration(seconds: float) -> str:
    """A time in words: '12.5 s', '3 min 20 s', '2 h 5 min'."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def _summary(run: Run, summary: Summary) -> Iterator[str]:
    counts = [f"{count:,} {status}" for status, count in summary.statuses.items() if count]
    yield f"{printable(run.assignment)}: {', '.join(counts) or 'nothing was handed in'}."
    yield f"{pace(run, summary)}."
    if summary.kinds:
        kinds = ", ".join(f"{kind(name).label} ({n:,})" for name, n in summary.kinds.items())
        yield f"Noted: {kinds}."
    if summary.fallbacks:
        cells = ", ".join(f"{printable(c)} ({n:,})" for c, n in summary.fallbacks.items())
        yield f"Tests run beside the student's code: {cells}."
