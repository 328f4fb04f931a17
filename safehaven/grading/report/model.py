"""A run of the grading, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from safehaven.grading.outcome import STATUSES, Note, Outcome, Status


@dataclass(frozen=True)
class Run:
    """One run over the submissions of an assignment.

    Attributes:
        course: the course's id in nbgrader; empty where it has none.
        assignment: the assignment's name.
        outcomes: what became of each submission.
        started: when the run began, with its time zone.
        seconds: how long it took on the clock.
        workers: processes that graded side by side.
        contained: whether student code ran in the sandbox.
        resumed: how many of the outcomes an earlier, interrupted run had found.
    """

    course: str
    assignment: str
    outcomes: tuple[Outcome, ...]
    started: datetime
    seconds: float
    workers: int = 1
    contained: bool = True
    resumed: int = 0


@dataclass(frozen=True)
class Summary:
    """What a run comes to.

    Attributes:
        statuses: the number of students with each status, all statuses in their order.
        kinds: for each kind of note, the number of submissions that have one; most first.
        fallbacks: for each test that ran beside the student's code, "notebook/cell", the number
            of submissions in which it did; most first.
        late: submissions handed in late.
        manual: submissions that wait for points given by a person.
        graded_now: submissions that this run looked at.
        per_minute: of those, how many in a minute; None where there were none.
        mean_score: the mean of the points of all that were graded; None where none was.
        maximum: the most points; None where it is not known or not the same for all.
    """

    statuses: Mapping[Status, int]
    kinds: Mapping[str, int]
    fallbacks: Mapping[str, int]
    late: int
    manual: int
    graded_now: int
    per_minute: float | None
    mean_score: float | None
    maximum: float | None


def summarise(run: Run) -> Summary:
    """Count what a run found."""
    statuses = Counter(outcome.status for outcome in run.outcomes)
    missing = statuses["missing"]
    graded_now = max(0, len(run.outcomes) - missing - run.resumed)
    scores = [outcome.score for outcome in run.outcomes if outcome.score is not None]
    most = {outcome.maximum for outcome in run.outcomes if outcome.maximum is not None}
    return Summary(
        statuses={status: statuses[status] for status in STATUSES},
        kinds=_often(kind for o in run.outcomes for kind in {note.kind for note in o.notes}),
        fallbacks=_often(
            place
            for outcome in run.outcomes
            for place in {_place(note) for note in outcome.notes if note.kind == "fallback"}
        ),
        late=sum(outcome.late_seconds > 0 for outcome in run.outcomes),
        manual=sum(outcome.needs_manual for outcome in run.outcomes),
        graded_now=graded_now,
        per_minute=60 * graded_now / run.seconds if graded_now and run.seconds > 0 else None,
        mean_score=sum(scores) / len(scores) if scores else None,
        maximum=most.pop() if len(most) == 1 else None,
    )


def _place(note: Note) -> str:
    return f"{note.notebook}/{note.cell}".strip("/")


def _often(names: Iterator[str]) -> dict[str, int]:
    """How often each is there, the most frequent first, equals by name."""
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
