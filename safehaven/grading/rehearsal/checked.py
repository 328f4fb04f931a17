"""Whether anything that a class handed in was lost, and whether each got what it must get."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from safehaven.folders import CourseFolders
from safehaven.grading.plan import HandIn
from safehaven.grading.rehearsal.spoiled import Spoiled

#: An assignment and a student.
Of = tuple[str, str]

_POINTS_ALIKE = 1e-3


def statuses(course: CourseFolders, assignment: str) -> dict[str, int]:
    """How many submissions ended in each status, by the report of the run."""
    return dict(
        Counter(str(outcome["status"]) for outcome in _outcomes(course, assignment).values())
    )


def lost(course: CourseFolders, handed_in: Sequence[HandIn]) -> Iterator[str]:
    """Each submission stands in the report, in the gradebook, and as a copy where it was graded."""
    found = {name: _outcomes(course, name) for name in _assignments(handed_in)}
    points = {name: _points(course, name) for name in found}
    for one in handed_in:
        outcome = found[one.assignment].get(one.student)
        who = f"{one.assignment} of {one.student}"
        if outcome is None or outcome["status"] == "missing":
            yield f"{who}: not in the report"
        elif one.student not in points[one.assignment]:
            yield f"{who}: not in the gradebook"
        elif outcome["status"] != "ungradable" and not _copy(course, one).is_file():
            yield f"{who}: no autograded copy"


def differences(
    course: CourseFolders, handed_in: Sequence[HandIn], spoiled: Mapping[Of, Spoiled]
) -> Iterator[str]:
    """Each submission has the status and the points that follow from what was handed in.

    Args:
        course: the course in which the class was graded.
        handed_in: what was handed in.
        spoiled: which of it was spoiled, and how.
    """
    found = {name: _outcomes(course, name) for name in _assignments(handed_in)}
    points = {name: _points(course, name) for name in found}
    for one in handed_in:
        outcome = found[one.assignment].get(one.student)
        if outcome is None:
            continue
        way = spoiled.get((one.assignment, one.student))
        who = f"{one.assignment} of {one.student}{f' ({way.what})' if way else ''}"
        if outcome["status"] not in (way.statuses if way else ("graded",)):
            yield f"{who}: {outcome['status']}"
        got = points[one.assignment].get(one.student)
        wanted = None if outcome["status"] == "ungradable" else one.score
        if _differ(got, wanted):
            yield f"{who}: {_said(got)}, expected {_said(wanted)}"


def _assignments(handed_in: Iterable[HandIn]) -> list[str]:
    return list(dict.fromkeys(one.assignment for one in handed_in))


def _copy(course: CourseFolders, one: HandIn) -> Path:
    folder = course.root / "autograded" / one.student / one.assignment
    return folder / f"{one.source.file.stem}.ipynb"


def _outcomes(course: CourseFolders, assignment: str) -> dict[str, dict[str, Any]]:
    """What the report of the run says of each student."""
    path = course.root / "grading" / assignment / "grading-report.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return {outcome["student"]: outcome for outcome in data["outcomes"]}


def _points(course: CourseFolders, assignment: str) -> dict[str, float | None]:
    """The automatic points of each student; None where the gradebook holds none, not even 0."""
    from nbgrader.api import Assignment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import func

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        rows = (
            gradebook.db.query(SubmittedAssignment.student_id, func.sum(Grade.auto_score))
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .filter(Assignment.name == assignment)
            .group_by(SubmittedAssignment.student_id)
        )
        return dict(rows.all())


def _differ(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > _POINTS_ALIKE


def _said(points: float | None) -> str:
    return "no points" if points is None else f"{points:g} points"
