"""A small real assignment to attack, and the ways of handing something in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from safehaven.assignments.stock import nbgrader_api
from safehaven.folders import CourseFolders

ASSIGNMENT = "attack"
FULL = 10.0
MAXIMUM = 13.0

#: Words that only the instructor, or the neighbour, may ever see.
HIDDEN = "QUAINT" + "MARMOT"
NEIGHBOURS = "PRIVATE" + "OCELOT"
ENVIRONMENT = "ENVIRON" + "WALRUS"
HOME = "HOMELY" + "BADGER"
SECRETS = (HIDDEN, NEIGHBOURS, ENVIRONMENT, HOME)

WORK = """\
answer = 42
table = pd.DataFrame({"n": [1, 2, 3], "square": [1, 4, 9]})
def solve(n):
    return n * n
"""
WRONG = """\
answer = 1
table = pd.DataFrame({"n": [0]})
def solve(n):
    return 0
"""
LAST = "last = [1, 2, 3]"
WRONG_LAST = "last = []"

TEST_VALUE = f"""\
assert isinstance(answer, int), "a whole number"
assert answer == 42, "{HIDDEN}"
expected = pd.DataFrame({{"n": [1, 2, 3], "square": [1, 4, 9]}})
pd.testing.assert_frame_equal(table, expected)
assert np.allclose(table["square"].sum(), 14)
"""
TEST_FUNCTION = f"""\
for given, wanted in [(3, 9), (4, 16), (-7, 49)]:
    assert abs(solve(given) - wanted) < 1e-9, "{HIDDEN}"
assert solve(11) == 121
"""
TEST_PARTIAL = f"""\
"{HIDDEN}"
right = 0
for given in (2, 3, 5, 9):
    try:
        if solve(given) == given * given:
            right += 1
    except Exception:
        pass
right
"""
TEST_LAST = f"""\
expected = pd.read_csv("numbers.csv")["n"].tolist()
assert last == expected, "{HIDDEN}"
"""


def _about(name: str, **kinds: object) -> dict[str, object]:
    about = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": about | {"grade_id": name} | kinds}


def locked_cell(name: str, source: str) -> NotebookNode:
    """A cell that is handed out."""
    return new_code_cell(source, metadata=_about(name, locked=True))


def solution_cell(name: str, source: str) -> NotebookNode:
    """A task and its answer."""
    text = f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"
    return new_code_cell(text, metadata=_about(name, solution=True))


def hidden_cell(name: str, source: str, points: int) -> NotebookNode:
    """A test that is not handed out."""
    text = f"### BEGIN HIDDEN TESTS\n{source}### END HIDDEN TESTS"
    return new_code_cell(text, metadata=_about(name, grade=True, locked=True, points=points))


def make_course(root: Path) -> Path:
    """A course with a value, a function, partial credit, a late task and one marked by hand."""
    cells = [
        locked_cell("imports", "import numpy as np\nimport pandas as pd"),
        solution_cell("work", WORK),
        hidden_cell("test-value", TEST_VALUE, 2),
        hidden_cell("test-function", TEST_FUNCTION, 3),
        hidden_cell("test-partial", TEST_PARTIAL, 4),
        solution_cell("last", LAST),
        hidden_cell("test-last", TEST_LAST, 1),
        new_markdown_cell("Because.", metadata=_about("why", grade=True, solution=True, points=3)),
    ]
    return write_course(root, cells)


def write_course(root: Path, cells: list[NotebookNode]) -> Path:
    """A course with one assignment, released to its students."""
    source = root / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=spec), source / f"{ASSIGNMENT}.ipynb")
    (source / "numbers.csv").write_text("n\n1\n2\n3\n", encoding="utf-8")
    (root / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "attack"\n', encoding="utf-8"
    )
    result = nbgrader_api(CourseFolders(root)).generate_assignment(ASSIGNMENT)
    assert result["success"], result
    return root


def folder_of(root: Path, student: str) -> Path:
    """The submitted folder of a student, with the released files in it."""
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "numbers.csv").write_text("n\n1\n2\n3\n", encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-03-01 10:00:00 UTC\n", encoding="utf-8")
    return folder


def answered(root: Path, work: str, last: str, why: str = "It is so.") -> NotebookNode:
    """The released notebook with a student's answers."""
    released = root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(released, as_version=4)
    answers = {"work": work, "last": last, "why": why}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    return notebook


def hand_in(root: Path, student: str, work: str, last: str, why: str = "It is so.") -> Path:
    """Hand in answers."""
    folder = folder_of(root, student)
    nbformat.write(answered(root, work, last, why), folder / f"{ASSIGNMENT}.ipynb")
    return folder


#: Something that changes a wrong notebook, or the folder that it lies in.
Trick = Callable[[NotebookNode, Path], object]


def hand_in_trick(root: Path, student: str, trick: Trick) -> None:
    """Hand in wrong answers after a trick; a trick that wrote the notebook itself has its way."""
    folder = folder_of(root, student)
    notebook = answered(root, WRONG, WRONG_LAST)
    trick(notebook, folder)
    file = folder / f"{ASSIGNMENT}.ipynb"
    if not file.exists() and not file.is_symlink():
        nbformat.write(notebook, file)
