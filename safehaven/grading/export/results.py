"""What the gradebook and the last run of the grading say of each student's work."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any, Literal

from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    SolutionCell,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select

from safehaven.errors import CourseError
from safehaven.grading.feedback.standing import outcomes
from safehaven.grading.outcome import Outcome, printable

State = Literal["graded", "waiting for a person", "ungradable", "not graded", "missing"]

_EARLIER = "the points are those of an earlier submission; the newest could not be graded"
_TAMPERED = "signs of tampering: see the grading report"


@dataclass(frozen=True)
class Person:
    """A student, as the gradebook knows them.

    Attributes:
        id: the id in the gradebook.
        first_name: empty where it is not known; so are the others.
        last_name: the family name.
        email: the address.
        lms_id: the id in the learning platform.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""


@dataclass(frozen=True)
class Task:
    """Something that gives points.

    Attributes:
        notebook: the notebook's name.
        name: the grade_id of the cell.
        maximum: the most points, without extra credit.
        by_hand: whether a person gives the points; otherwise a test does.
        objective: the learning objective it assesses, such as "L07.4"; empty where none is named.
    """

    notebook: str
    name: str
    maximum: float
    by_hand: bool
    objective: str = ""


@dataclass(frozen=True)
class Mark:
    """The points of one student in one task.

    Attributes:
        task: what they are for.
        auto: the points that the tests gave; None where they gave none yet.
        manual: the points that a person gave; they count instead of `auto`.
        extra: points added as extra credit.
        waiting: whether a person is still to give points.
        comment: what a person, or nbgrader, wrote about it.
    """

    task: Task
    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    waiting: bool = False
    comment: str = ""

    @property
    def points(self) -> float | None:
        """The points that count, as nbgrader counts them; None where there are none yet."""
        given = self.auto if self.manual is None else self.manual
        return None if given is None else given + (self.extra or 0.0)


@dataclass(frozen=True)
class Result:
    """One student's result in one assignment.

    Attributes:
        person: the student.
        assignment: the assignment's name.
        maximum: the most points, without extra credit.
        state: whether the points stand, and why not.
        reason: why it could not be graded; empty for every other state.
        note: what whoever uses the points should know; mostly empty.
        marks: task by task; empty where nothing was handed in.
        penalty: points taken off for lateness.
    """

    person: Person
    assignment: str
    maximum: float
    state: State
    reason: str = ""
    note: str = ""
    marks: tuple[Mark, ...] = ()
    penalty: float = 0.0

    @property
    def points(self) -> float | None:
        """The points that stand; None for every state but 'graded'."""
        return self.points_so_far if self.state == "graded" else None

    @property
    def points_so_far(self) -> float:
        """The points given until now, what is taken off for lateness taken off, never below 0."""
        given = sum(mark.points or 0.0 for mark in self.marks)
        return max(0.0, given - self.penalty)


@dataclass(frozen=True)
class Results:
    """The results of a class in one assignment.

    Attributes:
        assignment: its name.
        maximum: the most points, without extra credit.
        tasks: in the order of the notebooks.
        results: one for every student asked for, by id.
    """

    assignment: str
    maximum: float
    tasks: tuple[Task, ...]
    results: tuple[Result, ...]


def read_results(
    gradebook: Gradebook,
    course: CourseDirectory,
    *,
    assignments: Sequence[str] = (),
    students: Sequence[str] = (),
) -> list[Results]:
    """Read the results out of a gradebook.

    Args:
        gradebook: nbgrader's.
        course: where the instructor's notebooks and the reports of the grading lie.
        assignments: their names; all where none is named.
        students: their ids; all where none is named.

    Raises:
        CourseError: the gradebook knows no such assignment or student.
    """
    names = [assignment.name for assignment in gradebook.assignments]
    everybody = people(gradebook)
    _check(course, "assignment", assignments, names)
    _check(course, "student", students, everybody)
    chosen = {key: everybody[key] for key in sorted(students or everybody)}
    return [
        _Reader(gradebook, course, name).read(chosen)
        for name in names
        if name in (assignments or names)
    ]


def people(gradebook: Gradebook) -> dict[str, Person]:
    """All students of a gradebook by their ids."""
    return {
        student.id: Person(
            student.id,
            student.first_name or "",
            student.last_name or "",
            student.email or "",
            student.lms_user_id or "",
        )
        for student in gradebook.students
    }


def _check(course: Any, kind: str, wanted: Sequence[str], known: Any) -> None:
    unknown = [printable(str(name)) for name in wanted if name not in known]
    if unknown:
        raise CourseError(
            f"The gradebook knows no {kind} '{', '.join(unknown)}'.",
            file=course.root,
            remedy=f"Check the spelling; 'nbgrader db {kind} list' names those that it knows.",
        )


class _Reader:
    """Reads one assignment with one query for each kind of row, however large the class is."""

    def __init__(self, gradebook: Gradebook, course: CourseDirectory, name: str) -> None:
        self._db = gradebook.db
        self._course = course
        self._assignment = gradebook.find_assignment(name)
        self._name = name

    def read(self, people: Mapping[str, Person]) -> Results:
        tasks = self._tasks
        marks, penalties = self._marks(), self._penalties()
        found = outcomes(Path(self._course.root), self._name)
        maximum = sum(task.maximum for task in tasks.values())
        submitted = set(
            self._db.scalars(
                select(SubmittedAssignment.student_id).where(
                    SubmittedAssignment.assignment_id == self._assignment.id
                )
            )
        )
        results = []
        for key, person in people.items():
            own = tuple(marks[key].get(cell) or Mark(task) for cell, task in tasks.items())
            given = own if key in submitted else ()
            state, reason, note = _state(found.get(key), given, handed_in=key in submitted)
            results.append(
                Result(
                    person, self._name, maximum, state, reason, note, given, penalties.get(key, 0.0)
                )
            )
        return Results(self._name, maximum, tuple(tasks.values()), tuple(results))

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        """The tasks by the id of their cell, in the order of the instructor's notebooks."""
        tasks: dict[str, Task] = {}
        for notebook in self._assignment.notebooks:
            order, objectives = _source(self._course, self._name, notebook.name)
            answers = set(
                self._db.scalars(
                    select(SolutionCell.name).where(SolutionCell.notebook_id == notebook.id)
                )
            )
            rows = [
                (row.id, row.name, row.max_score, kind is TaskCell or row.name in answers)
                for kind in (GradeCell, TaskCell)
                for row in self._db.execute(
                    select(kind.id, kind.name, kind.max_score).where(
                        kind.notebook_id == notebook.id
                    )
                )
            ]
            rows.sort(key=lambda row: (order.get(row[1], len(order)), row[1]))
            for cell, name, maximum, by_hand in rows:
                objective = _objective(name, objectives)
                tasks[cell] = Task(notebook.name, name, float(maximum), by_hand, objective)
        return tasks

    def _marks(self) -> defaultdict[str, dict[str, Mark]]:
        comments = {
            (row.student_id, row.notebook_id, row.name): row.comment
            for row in self._db.execute(
                select(
                    SubmittedAssignment.student_id,
                    BaseCell.notebook_id,
                    BaseCell.name,
                    Comment.comment,
                )
                .select_from(Comment)
                .join(BaseCell, Comment.cell_id == BaseCell.id)
                .join(SubmittedNotebook, Comment.notebook_id == SubmittedNotebook.id)
                .join(
                    SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id
                )
                .where(SubmittedAssignment.assignment_id == self._assignment.id)
            )
        }
        rows = self._db.execute(
            select(
                SubmittedAssignment.student_id,
                BaseCell.notebook_id,
                BaseCell.id,
                BaseCell.name,
                Grade.auto_score,
                Grade.manual_score,
                Grade.extra_credit,
                Grade.needs_manual_grade,
            )
            .select_from(Grade)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(SubmittedAssignment.assignment_id == self._assignment.id)
        )
        marks: defaultdict[str, dict[str, Mark]] = defaultdict(dict)
        for row in rows:
            if row.id in self._tasks:
                marks[row.student_id][row.id] = Mark(
                    self._tasks[row.id],
                    _finite(row.auto_score),
                    _finite(row.manual_score),
                    _finite(row.extra_credit),
                    bool(row.needs_manual_grade),
                    comments.get((row.student_id, row.notebook_id, row.name)) or "",
                )
        return marks

    def _penalties(self) -> dict[str, float]:
        rows = self._db.execute(
            select(SubmittedAssignment.student_id, SubmittedNotebook.late_submission_penalty)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(SubmittedAssignment.assignment_id == self._assignment.id)
        )
        penalties: defaultdict[str, float] = defaultdict(float)
        for student, penalty in rows:
            penalties[student] += _finite(penalty) or 0.0
        return penalties


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _state(
    found: Outcome | None, marks: Sequence[Mark], *, handed_in: bool
) -> tuple[State, str, str]:
    """The state of a submission, why it is ungradable, and what else should be known.

    The gradebook decides: where a person has since given all points, they stand, whatever the
    last run said.
    """
    if not handed_in:
        return "missing", "", ""
    status = found.status if found else "graded"
    reason = " ".join(found.reason.split()) if found else ""
    open_tests = any(mark.points is None and not mark.task.by_hand for mark in marks)
    waiting = any(mark.waiting for mark in marks)
    if status == "ungradable" and (open_tests or waiting):
        return "ungradable", reason, ""
    if open_tests:
        return "not graded", "", ""
    note = {"tampered": _TAMPERED, "ungradable": _EARLIER}.get(status, "")
    return ("waiting for a person" if waiting else "graded"), "", note


def _source(
    course: CourseDirectory, assignment: str, notebook: str
) -> tuple[dict[str, int], dict[str, str]]:
    """The order of the cells in the instructor's notebook, and the objectives of its tasks.

    This course names them in the notebook's metadata, under `safehaven` and `tasks`.
    """
    folder = course.format_path(course.source_directory, ".", assignment)
    try:
        content = json.loads((Path(folder) / f"{notebook}.ipynb").read_text(encoding="utf-8"))
        order = {name: at for at, name in enumerate(_grade_ids(content["cells"]))}
        tasks = content["metadata"].get("safehaven", {}).get("tasks", {})
        return order, {str(name): str(objective) for name, objective in tasks.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}  # the order of names will do, and no objective is known


def _grade_ids(cells: Sequence[Any]) -> Iterator[str]:
    for cell in cells:
        yield str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _objective(name: str, objectives: Mapping[str, str]) -> str:
    """The objective of a task: of its own cell, or of the answer that a test belongs to.

    The tests of an answer 'task-1' are named 'task-1-a', 'task-1-b'.
    """
    fitting = [task for task in objectives if name == task or name.startswith(f"{task}-")]
    return objectives[max(fitting, key=len)] if fitting else ""
