"""What an instructor should do after a run, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from safehaven.grading.outcome import printable
from safehaven.grading.report.kinds import kind
from safehaven.grading.report.model import Run, Summary

#: Names that are written out before the rest is counted.
_NAMED = 5


def next_steps(run: Run, summary: Summary) -> list[str]:
    """What to do next, the most pressing first.

    Args:
        run: what was done.
        summary: what it came to.
    """
    return list(_steps(run, summary))


def numbered(count: int, one: str, many: str) -> str:
    """A number with its word: '1 note', '2 notes'."""
    return f"{count:,} {one if count == 1 else many}"


def _steps(run: Run, summary: Summary) -> Iterator[str]:
    counts = summary.statuses
    if not run.contained:
        yield (
            "Student code ran outside the sandbox (--no-sandbox): it could read and change what "
            "your account can. Look at this machine before you trust the points."
        )
    if counts["tampered"]:
        yield (
            f"Read the evidence on {_students(run, 'tampered')} and decide. The points shown "
            "are what the tests gave, out of the student's reach."
        )
    if counts["ungradable"]:
        yield (
            f"Send {_students(run, 'ungradable')} the reason, and grade again when better files "
            "have come. Until then no 0 stands in the gradebook."
        )
    if counts["missing"]:
        yield f"Nothing was handed in by {_students(run, 'missing')}."
    if summary.manual:
        what = numbered(summary.manual, "submission waits", "submissions wait")
        yield f"Give points by hand: {what} in the formgrader."
    if summary.late:
        yield f"Decide on {numbered(summary.late, 'late submission', 'late submissions')}."
    for name, count in summary.kinds.items():
        if advice := kind(name).advice:
            yield f"{advice} ({numbered(count, 'submission', 'submissions')})"
    if any(outcome.score is not None for outcome in run.outcomes):
        yield f"Then write the feedback: safehaven feedback {printable(run.assignment)}"


def _students(run: Run, status: str) -> str:
    """The students with a status, the first few by their ids."""
    ids = [printable(outcome.student, 40) for outcome in run.outcomes if outcome.status == status]
    more = len(ids) - _NAMED
    if more > 1:
        return f"{', '.join(ids[:_NAMED])} and {more:,} more"
    return " and ".join(filter(None, [", ".join(ids[:-1]), ids[-1]]))
