"""Where grades differ from stock nbgrader's: the rows of the table, each tried with both."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from safehaven.assignments.stock import nbgrader_api
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.outcome import Outcome
from safehaven.grading.run import grade
from safehaven.grading.sandbox import Limits
from tests.grading.parity.build import FIXTURES, hand_in, write_source
from tests.grading.parity.stock import autograde, grades

NAME = "rows"
CHECKS = ("double-small", "double-large", "share-partial", "last-letter")
#: What the solution gets.
RIGHT = (2, 2, 1.5, 1)
CELL_SECONDS = 2

Spoil = Callable[[Path], None]


def path_of(folder: Path) -> Path:
    return folder / f"{NAME}.ipynb"


def cells(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Spoil:
    """Change the list of cells."""

    def spoil(folder: Path) -> None:
        content = json.loads(path_of(folder).read_text(encoding="utf-8"))
        content["cells"] = change(content["cells"])
        path_of(folder).write_text(json.dumps(content), encoding="utf-8")

    return spoil


def called(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def write(**answers: str) -> Spoil:
    """Write answers into cells."""

    def change(all_cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for cell in all_cells:
            cell["source"] = answers.get(called(cell), cell["source"])
        return all_cells

    return cells(change)


def twice(all_cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    copies = [dict(cell, id="copied") for cell in all_cells if called(cell) == CHECKS[0]]
    return [*all_cells, *copies]


def without_id(all_cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for cell in all_cells:
        if called(cell) == CHECKS[1]:
            del cell["metadata"]["nbgrader"]["grade_id"]
    return all_cells


def without_cell(all_cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [cell for cell in all_cells if called(cell) != CHECKS[0]]


def renamed(folder: Path) -> None:
    path_of(folder).rename(folder / f"{NAME}-Copy1.ipynb")


def content(text: str) -> Spoil:
    return lambda folder: (path_of(folder).write_text(text, encoding="utf-8"), None)[1]


READS_THE_SOURCE = f"""
import json
from pathlib import Path

found = [
    path
    for above in (Path.cwd(), *Path.cwd().parents)
    for path in above.glob("source/{NAME}/{NAME}.ipynb")
]
code = "".join("".join(c["source"]) for c in json.loads(found[0].read_text())["cells"])
last = "z" if 'last == "z"' in code else None
"""
HOOK = """
def double(x):
    return 0

get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\\n"])
"""
WARNS = """
import warnings

def double(x):
    warnings.warn("slow")
    return 2 * x
"""
ENDS = "import os\n\ndef double(x):\n    if x > 2:\n        os._exit(0)\n    return 2 * x"
LOOPS = "def double(x):\n    while True:\n        pass"


@dataclass(frozen=True)
class Row:
    """A row of the table.

    Attributes:
        student: who hands it in.
        spoil: what is done to the solution.
        stock: the points by stock nbgrader; None where it loses the submission.
        ours: the points by this layer; None where it says that it cannot be graded.
        status: what this layer says became of it.
        kinds: notes that have to be there.
    """

    student: str
    spoil: Spoil
    stock: Sequence[float | None] | None
    ours: Sequence[float | None] | None
    status: str = "graded with notes"
    kinds: frozenset[str] = frozenset()


ROWS = [
    Row("b-right", lambda _: None, RIGHT, RIGHT, "graded"),
    Row("twice", cells(twice), None, RIGHT, kinds=frozenset({"duplicate-cell"})),
    Row("lost-id", cells(without_id), None, RIGHT, kinds=frozenset({"lost-id"})),
    Row(
        "deleted", cells(without_cell), (None, 2, 1.5, 1), RIGHT, kinds=frozenset({"restored-cell"})
    ),
    Row("no-json", content("{"), None, None, "ungradable"),
    Row("empty", content(""), None, None, "ungradable"),
    Row("format", content('{"nbformat": 77, "cells": 3}'), None, None, "ungradable"),
    # Stock enters a 0 for each check, as if the student had answered nothing.
    Row("renamed", renamed, None, RIGHT, kinds=frozenset({"renamed"})),
    Row("ends", write(double=ENDS), None, (0, 0, 1.5, 1), kinds=frozenset({"kernel-died"})),
    Row("loops", write(double=LOOPS), (0, 0, 1.5, 1), (0, 0, 1.5, 1), kinds=frozenset({"timeout"})),
    Row("warns", write(double=WARNS), (0, 0, 1.5, 1), RIGHT, "graded"),
    Row("above", write(share="share = 7"), None, (2, 2, 3, 1), kinds=frozenset({"clipped"})),
    Row("word", write(share="share = 'all'"), (2, 2, 3, 1), (2, 2, 0, 1)),
    Row("negative", write(share="share = -1"), (2, 2, 3, 1), (2, 2, 0, 1)),
    # From then on the kernel runs nothing, the student's own answers among it.
    Row("hook", write(double=HOOK), (2, 2, 3, 1), (0, 0, 0, 0), "tampered"),
    Row("reads", write(last=READS_THE_SOURCE), RIGHT, (2, 2, 1.5, 0), "graded"),
    # numpy 2 shows a number as `np.float64(0.5)`, which stock cannot read: full points.
    Row(
        "numpy",
        write(share="import numpy as np\nshare = np.float64(0.5)"),
        (2, 2, 3, 1),
        (2, 2, 0.5, 1),
        "graded",
    ),
]
BY_STUDENT = {row.student: row for row in ROWS}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    course = CourseFolders(tmp_path_factory.mktemp("rows"))
    (course.root / MARKER).write_text(
        f"c = get_config()\nc.Execute.timeout = {CELL_SECONDS}\n", encoding="utf-8"
    )
    notebooks = write_source(course, FIXTURES / NAME)
    result = nbgrader_api(course).generate_assignment(NAME)
    assert result["success"], result
    for row in ROWS:
        row.spoil(hand_in(course, row.student, NAME, notebooks, 0))
    return course


@pytest.fixture(scope="module")
def before(course: CourseFolders) -> CourseFolders:
    """The same course, never graded."""
    copied = CourseFolders(course.root.with_name("rows-ours"))
    shutil.copytree(course.root, copied.root)
    return copied


@pytest.fixture(scope="module")
def stock(course: CourseFolders, before: CourseFolders) -> dict[str, str]:
    """Why stock nbgrader failed, for each student."""
    assert before
    failures = autograde(course, [(row.student, NAME) for row in ROWS])
    return {student: failure for (student, _), failure in failures.items()}


@pytest.fixture(scope="module")
def ours(before: CourseFolders) -> dict[str, Outcome]:
    run = grade(
        before.root, NAME, limits=Limits(cell_seconds=2 * CELL_SECONDS, notebook_seconds=20)
    )
    return {outcome.student: outcome for outcome in run.outcomes}


def points(course: CourseFolders, student: str) -> tuple[float | None, ...]:
    kept = grades(course, student, NAME)
    assert kept is not None
    return tuple(kept[NAME, check][0] for check in CHECKS)


@pytest.mark.parametrize("student", BY_STUDENT)
def test_what_stock_nbgrader_does(
    course: CourseFolders, stock: dict[str, str], student: str
) -> None:
    expected = BY_STUDENT[student].stock
    if expected is None:
        assert stock[student], "it says that it failed"
        assert not path_of(course.root / "autograded" / student / NAME).exists(), "it is lost"
    else:
        assert stock[student] == ""
        assert points(course, student) == pytest.approx(tuple(expected))


@pytest.mark.parametrize("student", BY_STUDENT)
def test_what_this_layer_does(
    before: CourseFolders, ours: dict[str, Outcome], student: str
) -> None:
    row, outcome = BY_STUDENT[student], ours[student]
    graded = path_of(before.root / "autograded" / student / NAME)
    assert outcome.status == row.status, outcome
    assert row.kinds <= {note.kind for note in outcome.notes}, outcome.notes
    if row.ours is None:
        assert outcome.reason
        assert outcome.score is None, "never a 0 that nobody gave"
        kept = grades(before, student, NAME)
        assert kept is None or all(grade[:2] == (None, True) for grade in kept.values())
    else:
        assert points(before, student) == pytest.approx(tuple(row.ours))
        assert graded.is_file(), "the file stays"
        assert outcome.score == pytest.approx(sum(p or 0 for p in row.ours))


def test_what_was_handed_in_is_left_as_it_is(
    course: CourseFolders, before: CourseFolders, ours: dict[str, Outcome]
) -> None:
    assert ours
    for file in (course.root / "submitted").rglob("*"):
        if file.is_file():
            copied = before.root / file.relative_to(course.root)
            assert copied.read_bytes() == file.read_bytes()


def test_one_bad_file_ends_the_whole_run_of_stock(
    course: CourseFolders, stock: dict[str, str], ours: dict[str, Outcome]
) -> None:
    """A student whose name comes after that of one with a cell twice is never graded."""
    assert "SchemaTooOldError" not in stock["b-right"]
    base = course.root / "submitted"
    (base / "twice").rename(base / "a-twice")
    try:
        result = nbgrader_api(course).autograde(NAME, "[ab]-*", force=True)
    finally:
        (base / "a-twice").rename(base / "twice")
    assert not result["success"]
    assert "a-twice" in result["log"]
    assert "old version" in result["log"], "what it says misleads"
    assert "b-right" not in result["log"]
    assert ours["b-right"].status == "graded"
