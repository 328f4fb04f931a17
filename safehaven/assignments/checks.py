"""What must hold of an assignment's source before a student may receive it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from safehaven.assignments.source import Cell, Source, owner
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders

SCHEMA_VERSION = 3

#: How the text of a task states its points: "**Task 1** (2 points)",
#: "## Your judgement (4 points, graded by hand)".
POINTS_IN_TEXT = re.compile(
    r"(?P<name>\bTask \d+|\bJudgement)\b[^()\n]*"
    r"\((?P<points>\d+(?:\.\d+)?) points?\b[^()\n]*\)",
    re.IGNORECASE,
)
OBJECTIVE = re.compile(r"L\d\d\.\d+")
GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")
DATA_FILE = re.compile(r"""["']data/(?P<name>[^"'\n]+)["']""")

_MARKERS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")


def check(source: Source, folders: CourseFolders) -> list[CourseError]:
    """Everything that is wrong with one source, in the order of the checks.

    A notebook without a `safehaven:` block is checked for what nbgrader itself needs.
    """
    always: list[Callable[[Source], Iterator[CourseError]]] = [
        _metadata_is_complete,
        _grade_ids_are_unique,
        _markers_are_paired,
        _markers_stand_in_the_right_cells,
    ]
    own: list[Callable[[Source], Iterator[CourseError]]] = [
        _tests_have_an_answer,
        _points_in_the_text_are_right,
        _tasks_have_objectives,
        _used_data_are_declared,
    ]
    errors = [error for rule in always for error in rule(source)]
    if source.about is not None:
        errors += [error for rule in own for error in rule(source)]
        errors += _declared_data_exist(source, folders)
    return errors


def _metadata_is_complete(source: Source) -> Iterator[CourseError]:
    for cell in source.cells:
        if cell.nbgrader is not None:
            yield from _check_metadata(source, cell, cell.nbgrader)


def _check_metadata(source: Source, cell: Cell, given: dict[str, object]) -> Iterator[CourseError]:
    remedy = (
        "Give the cell grade, solution, locked (true or false), grade_id and schema_version 3, "
        "and points where grade is true."
    )
    name = f"'{cell.grade_id}'" if cell.grade_id else "without a grade_id"
    needed = ["grade", "solution", "locked", "grade_id", "schema_version"]
    missing = [key for key in needed if key not in given]
    if missing:
        yield source.error(
            f"The nbgrader metadata of the cell {name} lack {', '.join(missing)}.",
            cell=cell,
            at="nbgrader",
            remedy=remedy,
        )
        return
    for key in ("grade", "solution", "locked"):
        if not isinstance(given[key], bool):
            yield source.error(
                f"In the cell {name}, {key} is neither true nor false.",
                cell=cell,
                at=key,
                remedy=remedy,
            )
    if given["schema_version"] != SCHEMA_VERSION:
        yield source.error(
            f"The cell {name} has nbgrader's metadata of version {given['schema_version']}.",
            cell=cell,
            at="schema_version",
            remedy=f"Write schema_version: {SCHEMA_VERSION}.",
        )
    if not GRADE_ID.fullmatch(str(given["grade_id"] or "")):
        yield source.error(
            f"The grade_id {given['grade_id']!r} cannot be used.",
            cell=cell,
            at="grade_id",
            remedy="Use letters, digits, hyphens and underscores.",
        )
    yield from _check_points(source, cell, given, name)
    yield from _check_kind(source, cell, name)


def _check_points(
    source: Source, cell: Cell, given: dict[str, object], name: str
) -> Iterator[CourseError]:
    points = given.get("points")
    is_number = isinstance(points, int | float) and not isinstance(points, bool)
    if cell.is_graded and (not is_number or cell.points < 0):
        yield source.error(
            f"The graded cell {name} has no points, or not a number from 0 upwards.",
            cell=cell,
            at="points" if "points" in given else "grade_id",
            remedy="Write 'points: 1', or set grade to false.",
        )


def _check_kind(source: Source, cell: Cell, name: str) -> Iterator[CourseError]:
    is_task = bool((cell.nbgrader or {}).get("task"))
    if cell.kind == "markdown" and not is_task and cell.is_answer != cell.is_graded:
        yield source.error(
            f"The text cell {name} is an answer or graded, but not both.",
            cell=cell,
            at="grade_id",
            remedy="A text that a student writes has grade: true and solution: true; "
            "a text to read has both false.",
        )
    if cell.is_test and not (cell.nbgrader or {}).get("locked"):
        yield source.error(
            f"The test cell {name} is not locked, so a student could change it.",
            cell=cell,
            at="locked",
            remedy="Write locked: true.",
        )


def _grade_ids_are_unique(source: Source) -> Iterator[CourseError]:
    seen: dict[str, int] = {}
    for cell in source.cells:
        if cell.grade_id is None:
            continue
        line = source.line_of(cell.grade_id, cell) or cell.first
        if cell.grade_id in seen:
            yield CourseError(
                f"The grade_id '{cell.grade_id}' was used before, on line {seen[cell.grade_id]}.",
                file=source.file,
                line=line,
                remedy="Give one of the two cells another id.",
            )
        else:
            seen[cell.grade_id] = line


def _markers_are_paired(source: Source) -> Iterator[CourseError]:
    for cell in source.cells:
        for marker in _MARKERS:
            opened: int | None = None
            lines = cell.text.split("\n")
            for index, line in enumerate(lines):
                if f"BEGIN {marker}" in line:
                    if opened is not None:
                        yield _unpaired(source, cell, index, f"A second BEGIN {marker} follows")
                    opened = index
                elif f"END {marker}" in line:
                    if opened is None:
                        yield _unpaired(source, cell, index, f"END {marker} has no beginning")
                    opened = None
            if opened is not None:
                yield _unpaired(source, cell, opened, f"BEGIN {marker} has no end")


def _unpaired(source: Source, cell: Cell, index: int, message: str) -> CourseError:
    lines = [line.strip() for line in cell.text.split("\n")]
    number = 0
    for _ in range(lines[: index + 1].count(lines[index])):  # equal lines above come first
        number = source.line_of(lines[index], cell, after=number) or cell.first
    return CourseError(
        f"{message} in this cell.",
        file=source.file,
        line=number,
        remedy="Write each BEGIN with its END, in the same cell.",
    )


def _markers_stand_in_the_right_cells(source: Source) -> Iterator[CourseError]:
    for cell in source.cells:
        if "BEGIN SOLUTION" in cell.text and not cell.is_answer:
            yield source.error(
                "A solution stands in a cell that is no answer; nbgrader would not remove it.",
                cell=cell,
                at="BEGIN SOLUTION",
                remedy="Give the cell nbgrader metadata with solution: true.",
            )
        if "BEGIN HIDDEN TESTS" in cell.text and not cell.is_graded:
            yield source.error(
                "Hidden tests stand in a cell that is not graded.",
                cell=cell,
                at="BEGIN HIDDEN TESTS",
                remedy="Give the cell nbgrader metadata with grade: true.",
            )
        if "BEGIN MARK SCHEME" in cell.text:
            yield from _check_mark_scheme(source, cell)


def _check_mark_scheme(source: Source, cell: Cell) -> Iterator[CourseError]:
    given = cell.nbgrader or {}
    # A locked text comes back with its mark scheme when an answer is graded, where the person
    # who marks can read it. An answer without BEGIN SOLUTION is replaced as a whole. In any
    # other place the students would get the mark scheme, or nbgrader would take an untouched
    # answer for a given one.
    in_locked_text = cell.kind == "markdown" and given.get("locked") and not cell.is_graded
    in_replaced_answer = cell.is_hand_graded and "BEGIN SOLUTION" not in cell.text
    if not (given.get("task") or in_locked_text or in_replaced_answer):
        yield source.error(
            "A mark scheme does not belong in this cell.",
            cell=cell,
            at="BEGIN MARK SCHEME",
            remedy="Put it into a text cell of its own below the answer, with nbgrader metadata "
            "locked: true, grade: false and solution: false.",
        )


def _tests_have_an_answer(source: Source) -> Iterator[CourseError]:
    for grade_id, cell in source.graded.items():
        if cell.is_test and owner(grade_id, source.answers) is None:
            yield source.error(
                f"The test '{grade_id}' belongs to no answer.",
                cell=cell,
                at=grade_id,
                remedy="Name a test after the answer that it tests: task-1-a for task-1.",
            )
    for grade_id, cell in source.answers.items():
        if not source.tests_of(grade_id):
            yield source.error(
                f"Nothing gives points for the answer '{grade_id}'.",
                cell=cell,
                at=grade_id,
                remedy=f"Add a test '{grade_id}-a', or grade: true for an answer graded by hand.",
            )


def _points_in_the_text_are_right(source: Source) -> Iterator[CourseError]:
    stated: set[str] = set()
    for cell in source.cells:
        if cell.kind != "markdown":
            continue
        for found in POINTS_IN_TEXT.finditer(_without_mark_scheme(cell.text)):
            name = found["name"].lower().replace(" ", "-")
            stated.add(name)
            yield from _check_stated(source, cell, found, name)
    for grade_id, cell in source.answers.items():
        if grade_id not in stated:
            yield source.error(
                f"The text states no points for '{grade_id}'.",
                cell=cell,
                at=grade_id,
                remedy=f"Write '**{grade_id.replace('-', ' ').capitalize()}** "
                f"({_points(_points_of(source, grade_id))})' above the cell.",
            )


def _check_stated(
    source: Source, cell: Cell, found: re.Match[str], name: str
) -> Iterator[CourseError]:
    if name not in source.answers:
        yield source.error(
            f"The text speaks of '{found['name']}', but no answer cell has the id '{name}'.",
            cell=cell,
            at=found[0],
            remedy="Correct the name in the text, or the grade_id.",
        )
        return
    stated, given = float(found["points"]), _points_of(source, name)
    if stated != given:
        ids = ", ".join(source.tests_of(name))
        yield source.error(
            f"The text gives {found['name']} {_points(stated)}, "
            f"but the metadata of {ids} add up to {given:g}.",
            cell=cell,
            at=found[0],
            remedy="Correct the number in the text, or the points in the metadata.",
        )


def _points_of(source: Source, answer: str) -> float:
    return sum(cell.points for cell in source.tests_of(answer).values())


def _points(number: float) -> str:
    return f"{number:g} {'point' if number == 1 else 'points'}"


def _without_mark_scheme(text: str) -> str:
    return re.sub(r"### BEGIN MARK SCHEME.*?### END MARK SCHEME", "", text, flags=re.DOTALL)


def _tasks_have_objectives(source: Source) -> Iterator[CourseError]:
    assert source.about is not None
    for grade_id, cell in source.answers.items():
        if grade_id not in source.about.tasks:
            yield source.error(
                f"No objective is named for '{grade_id}'.",
                cell=cell,
                at=grade_id,
                remedy=f"Add '{grade_id}: L07.4', with the right objective, to safehaven.tasks.",
            )
    for grade_id, objective in source.about.tasks.items():
        if grade_id not in source.answers:
            yield source.error(
                f"safehaven.tasks names '{grade_id}', which is no answer cell.",
                at=grade_id,
                remedy="Correct the name, or remove the entry.",
            )
        if not OBJECTIVE.fullmatch(objective):
            yield source.error(
                f"'{objective}' is not the id of an objective.",
                at=objective,
                remedy="Write the lesson in two digits and the number, as in L07.4.",
            )


def _declared_data_exist(source: Source, folders: CourseFolders) -> Iterator[CourseError]:
    assert source.about is not None
    seen: dict[str, str] = {}
    for entry in source.about.data:
        name = entry.rpartition("/")[2]
        path = (folders.data / entry).resolve()
        if not path.is_relative_to(folders.data.resolve()) or not path.is_file():
            yield source.error(
                f"The data file book/data/{entry} does not exist.",
                at=entry,
                remedy="Correct safehaven.data; paths are counted from book/data.",
            )
        if name in seen:
            yield source.error(
                f"{entry} and {seen[name]} would both become data/{name}.",
                at=entry,
                remedy="Give one of the two tables another file name.",
            )
        seen[name] = entry


def _used_data_are_declared(source: Source) -> Iterator[CourseError]:
    assert source.about is not None
    declared = {entry.rpartition("/")[2] for entry in source.about.data}
    for cell in source.cells:
        if cell.kind != "code":
            continue
        for found in DATA_FILE.finditer(cell.text):
            if found["name"] not in declared:
                yield source.error(
                    f"The cell uses data/{found['name']}, which is not declared.",
                    cell=cell,
                    at=found[0],
                    remedy="Add the table to safehaven.data, or correct the name.",
                )
