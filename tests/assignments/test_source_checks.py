"""Every mistake an author can make stops with file, line and remedy."""

import json
from pathlib import Path

import pytest

from safehaven.assignments.checks import check
from safehaven.assignments.source import names, read, read_file
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders


def problems(course: CourseFolders) -> list[CourseError]:
    try:
        return [e for source in read(course, "ex01-small") for e in check(source, course)]
    except CourseErrors as found:
        return list(found.errors)
    except CourseError as found:
        return [found]


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_a_sound_source_has_no_mistakes(course: CourseFolders) -> None:
    assert problems(course) == []


def test_cells_know_their_lines_and_kinds(course: CourseFolders, source_file: Path) -> None:
    (source,) = read(course, "ex01-small")
    lines = source_file.read_text(encoding="utf-8").splitlines()
    assert list(source.answers) == ["task-1", "task-2", "judgement"]
    assert source.maximum == 7
    assert list(source.tests_of("task-1")) == ["task-1-a", "task-1-b"]
    assert list(source.tests_of("judgement")) == ["judgement"]
    for grade_id, cell in (source.answers | source.graded).items():
        own = "\n".join(lines[cell.first - 1 : cell.last])
        assert grade_id in own, "the lines of a cell hold its metadata"
        assert cell.text.splitlines()[-1] in own, "and its text"
        assert own.count("grade_id") == 1, "and nothing of another cell"


META = "grade_id: task-1-b"
CASES = {
    # what: (old text, new text, the line it must name, a part of the message)
    "duplicate grade id": (META, "grade_id: task-1-a", "grade_id: task-1-a", "used before, on"),
    "points differ": (
        "**Task 1** (2 points)",
        "**Task 1** (3 points)",
        "(3 points)",
        "add up to 2",
    ),
    "points of the judgement differ": ("(3 points). In", "(4 points). In", "(4 points)", "add up"),
    "points not stated": ("**Task 2** (2 points). Set", "Set", "grade_id: task-2,", "states no"),
    "task that is none": ("**Task 2**", "**Task 9**", "**Task 9**", "no answer cell has the id"),
    "missing table": (
        "[small/numbers.csv]",
        "[small/none.csv]",
        "small/none.csv",
        "does not exist",
    ),
    "table outside": ("[small/numbers.csv]", "[../../x.csv]", "../../x.csv", "does not exist"),
    "undeclared table": (
        '"data/numbers.csv"',
        '"data/other.csv"',
        "data/other.csv",
        "not declared",
    ),
    "no objective": ("{task-1: L01.1, ", "{", "grade_id: task-1", "No objective"),
    "objective of nothing": ("{task-1: ", "{task-7: L01.1, task-1: ", "tasks:", "no answer cell"),
    "wrong objective": ("L01.2", "L7.2", "L7.2", "not the id of an objective"),
    "test of nothing": (META, "grade_id: extra", "grade_id: extra", "belongs to no answer"),
    "metadata incomplete": (
        "grade_id: task-1-b, locked: true, points: 1, schema_version: 3, ",
        "grade_id: task-1-b, ",
        META,
        "lack locked, schema_version",
    ),
    "no grade id": ("grade_id: task-1-b, ", "", "nbgrader: {grade: true, locked", "lack grade_id"),
    "old schema": (
        "points: 2, schema_version: 3",
        "points: 2, schema_version: 1",
        "schema_version: 1",
        "version 1",
    ),
    "no points": ("points: 2, schema", "schema", "task-2-a, locked", "has no points"),
    "negative points": ("points: 2, schema", "points: -2, schema", "points: -2", "has no points"),
    "unlocked test": (
        "task-2-a, locked: true",
        "task-2-a, locked: false",
        "task-2-a, locked: false",
        "is not locked",
    ),
    "neither true nor false": (
        "task-2-a, locked: true",
        "task-2-a, locked: 'yes'",
        "task-2-a, locked: 'yes'",
        "neither true nor false",
    ),
    "id that cannot be used": (META, "grade_id: 'task 1 b'", "task 1 b", "cannot be used"),
    "solution without end": (
        "    ### END SOLUTION\n```",
        "```",
        "### BEGIN SOLUTION",
        "BEGIN SOLUTION has no end",
    ),
    "end without solution": (
        "first, last = 2001, 2003\n### END SOLUTION",
        "### END SOLUTION\nfirst = 1\n### END SOLUTION",
        "### END SOLUTION\n```\n\n```{code-cell} ipython3\n---\nnbgrader: {grade: true, "
        "grade_id: task-2-a",
        "has no beginning",
    ),
    "solution in a text": (
        "These three years",
        "### BEGIN SOLUTION\nx\n### END SOLUTION\nThese",
        "### BEGIN SOLUTION\nx",
        "would not remove it",
    ),
    "hidden tests in an answer": (
        "### BEGIN SOLUTION\nfirst, last = 2001, 2003\n### END SOLUTION",
        "### BEGIN HIDDEN TESTS\nfirst\n### END HIDDEN TESTS",
        "### BEGIN HIDDEN TESTS\nfirst",
        "not graded",
    ),
    "mark scheme that would leak": (
        "They do not say who counted.",
        "### BEGIN SOLUTION\nThey do not say.\n### END SOLUTION",
        "### BEGIN MARK SCHEME",
        "does not belong in this cell",
    ),
    "bad YAML in the head": ("  lesson: 1", "  lesson: [1", "  minutes: 5", "not valid YAML"),
    "unknown setting": ("  minutes: 5", "  minutes: 5\n  colour: red", "  colour: red", "colour"),
    "setting of another kind": ("  minutes: 5", "  minutes: long", "  minutes: long", "minutes"),
    "no block": ("safehaven:", "course:", "jupytext:", "no 'safehaven:' block"),
    "no head": ("---\njupytext:", "jupytext:", "jupytext:", "no front matter"),
    "bad JSON of a text cell": ('+++ {"nbgrader"', "+++ {nbgrader", "+++ {nbgrader", "metadata"),
    "bad YAML of a code cell": (
        "nbgrader: {grade: false, grade_id: task-2,",
        "nbgrader: {{grade: false, grade_id: [task-2,",
        "```{code-cell} ipython3\n---\nnbgrader: {{grade: false",
        "metadata of a cell",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_file_line_and_remedy(
    course: CourseFolders, source_file: Path, case: str
) -> None:
    old, new, at, message = CASES[case]
    edit(source_file, old, new)
    text = source_file.read_text(encoding="utf-8")
    found = [error for error in problems(course) if message in error.message]
    assert found, [str(error) for error in problems(course)]
    error = found[0]
    assert error.file == source_file
    assert error.remedy
    lines = [number for number, _ in enumerate(text.splitlines(), 1)]
    assert error.line in lines
    # The last occurrence: a repeated id is named where it is repeated.
    position = text.rindex(at) if case == "duplicate grade id" else text.index(at)
    assert error.line == text[:position].count("\n") + 1, str(error)


def test_two_tables_of_one_name_are_refused(course: CourseFolders, source_file: Path) -> None:
    (course.data / "other").mkdir()
    (course.data / "other" / "numbers.csv").write_text("a\n", encoding="utf-8")
    edit(source_file, "[small/numbers.csv]", "[small/numbers.csv, other/numbers.csv]")
    assert [e.message for e in problems(course)] == [
        "other/numbers.csv and small/numbers.csv would both become data/numbers.csv."
    ]


def test_all_mistakes_are_found_at_once(course: CourseFolders, source_file: Path) -> None:
    edit(source_file, "**Task 1** (2 points)", "**Task 1** (3 points)")
    edit(source_file, "[small/numbers.csv]", "[small/none.csv]")
    messages = " ".join(error.message for error in problems(course))
    assert "(3 points)" not in messages
    assert "Task 1 3 points" in messages
    assert "small/none.csv" in messages


def test_a_duplicate_id_in_a_notebook_is_named_too(course: CourseFolders) -> None:
    meta = {"grade": True, "solution": False, "locked": True, "points": 1, "schema_version": 3}
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"nbgrader": {**meta, "grade_id": "same"}},
        "outputs": [],
        "source": ["1"],
    }
    notebook = {"cells": [cell, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = course.solutions / "other" / "other.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    (error,) = check(read_file(path, "other"), course)
    lines = path.read_text(encoding="utf-8").splitlines()
    second = [n for n, line in enumerate(lines, 1) if '"grade_id": "same"' in line][1]
    assert (error.file, error.line) == (path, second)


def test_a_notebook_that_is_none_is_refused(course: CourseFolders) -> None:
    path = course.solutions / "other" / "other.ipynb"
    path.parent.mkdir()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be read"):
        read(course, "other")


def test_a_folder_without_a_source_is_refused(course: CourseFolders, source_file: Path) -> None:
    source_file.unlink()
    assert names(course) == ["ex01-small"]
    with pytest.raises(CourseError, match="has no source"):
        read(course, "ex01-small")


def test_a_file_that_is_not_utf8_is_refused(course: CourseFolders, source_file: Path) -> None:
    source_file.write_bytes(b"\xff\xfe")
    with pytest.raises(CourseError, match="UTF-8"):
        read(course, "ex01-small")
