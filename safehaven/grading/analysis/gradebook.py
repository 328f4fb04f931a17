"""Reads a class from nbgrader's gradebook: who handed in what, and the points of each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from safehaven.errors import CourseError
from safehaven.grading.analysis.model import Assignment, Fate, Item, Names, Sitting
from safehaven.grading.analysis.tasks import Cell, items_of, read_source
from safehaven.grading.feedback.standing import outcomes
from safehaven.grading.outcome import Outcome
from safehaven.grading.run.course import Course

#: By the student, then by notebook and cell: the points and whether marks are missing.
_Grades = Mapping[str, Mapping[tuple[str, str], float | None]]


def read_assignments(
    root: Path, assignments: Sequence[str] | None, db: str
) -> tuple[list[Assignment], Names]:
    """Read assignments from the gradebook of a course.

    Args:
        root: the folder that holds nbgrader_config.py.
        assignments: their names; where nothing is said, all that somebody handed in.
        db: the gradebook's address, where it is not the one of the configuration.

    Raises:
        CourseError: there is no course, no gradebook or no such assignment.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SQLAlchemyError

    course = Course(root, "", db)
    course.check()
    directory = course.directory()
    _check_there(root, directory.db_url)
    try:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            wanted = _wanted(root, gradebook, assignments)
            students = gradebook.students
            names = Names({s.id: _full_name(s) for s in students})
            ids = [student.id for student in students]
            tests = [_test(course, directory, gradebook, one, ids) for one in wanted]
    except SQLAlchemyError as error:
        first = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CourseError(
            f"The gradebook cannot be read: {first.rstrip('.')}.",
            file=root,
            remedy="Check its address, and that it is a gradebook of nbgrader's.",
        ) from error
    return tests, names


def _check_there(root: Path, address: str) -> None:
    """An SQLite file that is not there would be made, empty."""
    file = Path(address.removeprefix("sqlite:///"))
    if address.startswith("sqlite:///") and not (root / file).is_file():
        raise CourseError(
            "There is no gradebook yet.",
            file=root / file,
            remedy="Grade an assignment first: safehaven grade ASSIGNMENT.",
        )


def _wanted(root: Path, gradebook: Any, names: Sequence[str] | None) -> list[Any]:
    there = {assignment.name: assignment for assignment in gradebook.assignments}
    if names is None:
        found = [there[name] for name in sorted(there) if there[name].submissions]
        if not found:
            raise CourseError(
                "The gradebook holds no graded work.",
                file=root,
                remedy="Grade an assignment first: safehaven grade ASSIGNMENT.",
            )
        return found
    for name in names:
        if name not in there:
            known = ", ".join(sorted(there)) or "none"
            raise CourseError(
                f"The gradebook holds no assignment '{name}'.",
                file=root,
                remedy=f"Name one of those it holds: {known}.",
            )
    return [there[name] for name in dict.fromkeys(names)]


def _full_name(student: Any) -> str:
    return " ".join(filter(None, (student.first_name, student.last_name)))


def _test(
    course: Course,
    directory: Any,
    gradebook: Any,
    assignment: Any,
    students: Sequence[str],
) -> Assignment:
    folder = Path(directory.format_path(directory.source_directory, ".", assignment.name))
    items = tuple(
        item
        for notebook in sorted(assignment.notebooks, key=lambda notebook: str(notebook.name))
        for item in _items(notebook, folder)
    )
    told = outcomes(course.root, assignment.name)
    work = {submission.student_id: submission for submission in assignment.submissions}
    grades = _grades(gradebook, assignment)
    sittings = tuple(
        _sitting(student, work.get(student), items, grades.get(student, {}), told.get(student))
        for student in students
    )
    return Assignment(assignment.name, items, sittings, assignment.duedate)


def _items(notebook: Any, folder: Path) -> Iterator[Item]:
    source = read_source(folder / f"{notebook.name}.ipynb")
    places = {name: place for place, name in enumerate(source.order)}
    points = {cell.name: cell.max_score for cell in (*notebook.grade_cells, *notebook.task_cells)}
    answers = {cell.name for cell in (*notebook.solution_cells, *notebook.task_cells)}
    cells = [
        Cell(cell.name, cell.source or "", points.get(cell.name), cell.name in answers)
        for cell in notebook.source_cells
    ]
    cells.sort(key=lambda cell: places.get(cell.name, len(places)))
    yield from items_of(notebook.name, cells, source.tasks or {})


def _grades(gradebook: Any, assignment: Any) -> _Grades:
    """All marks of an assignment, in one question to the database."""
    from nbgrader.api import BaseCell, Grade, Notebook, SubmittedAssignment, SubmittedNotebook

    rows = (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
    )
    found: defaultdict[str, dict[tuple[str, str], float | None]] = defaultdict(dict)
    for student, notebook, cell, by_test, by_hand, waits in rows:
        marks = by_test if by_hand is None else by_hand
        # A broken test can have left what is no number; a person has to see to it.
        is_there = marks is not None and isfinite(marks) and not (waits and by_hand is None)
        found[student][notebook, cell] = float(marks) if is_there else None
    return found


def _sitting(
    student: str,
    work: Any,
    items: Sequence[Item],
    grades: Mapping[tuple[str, str], float | None],
    told: Outcome | None,
) -> Sitting:
    fate = _fate(work, grades, told)
    if work is None or fate == "missing":
        return Sitting(student, fate)
    return Sitting(
        student=student,
        fate=fate,
        points=tuple(_points(item, grades) for item in items),
        handed_in=work.timestamp,
        late=None if work.duedate is None else float(work.total_seconds_late),
    )


def _fate(work: Any, grades: Mapping[tuple[str, str], float | None], told: Outcome | None) -> Fate:
    """What became of the work: by the report of the run, and where there is none by the marks."""
    if told is not None and told.status in ("missing", "ungradable", "tampered"):
        given_since = any(points is not None for points in grades.values())
        # A person can have given marks for it after the run.
        if told.status == "tampered" or not given_since:
            return told.status
    if work is None:
        return "missing"
    return "graded" if any(p is not None for p in grades.values()) else "ungradable"


def _points(item: Item, grades: Mapping[tuple[str, str], float | None]) -> float | None:
    """The points of an item; None where a cell of it has no marks yet."""
    marks = [grades.get((item.notebook, cell)) for cell in item.cells]
    known = [points for points in marks if points is not None]
    return sum(known) if len(known) == len(marks) else None
