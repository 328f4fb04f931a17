"""Build nbgrader courses that are not this one, from notebooks written down as plain text.

A file `NAME.cells` is a notebook. A line `%% KIND …` begins a cell:

    %% text                 Markdown
    %% loose                code without a role
    %% given ID             code that students cannot change
    %% answer ID            the answer cell, with the instructor's solution
    %% try ID: WORDS        what a student can write in place of that solution
    %% check ID POINTS      a test
    %% work ID POINTS       code that a person marks
    %% essay ID POINTS      text that a person marks
    %% task ID POINTS       a task of nbgrader's kind 'task'
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from safehaven.folders import CourseFolders

#: The assignments of the parity tests, one a folder.
FIXTURES = Path(__file__).parent
_CELL = re.compile(r"^%% (\w+)(?: ([\w-]+))?(?: ([\d.]+))?(?:: (.*))?$")
_MARKDOWN = ("text", "essay", "task")
_ANSWERS = ("answer", "work", "essay")


@dataclass
class Written:
    """A notebook as its file has it."""

    name: str
    cells: list[tuple[str, str, float, str]] = field(default_factory=list)
    tries: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        """How many submissions try everything: the solution, all tries, and nothing."""
        return 2 + max((len(tries) for tries in self.tries.values()), default=0)


def read(path: Path) -> Written:
    """Read a notebook from its .cells file."""
    written = Written(path.stem)
    kind = name = words = ""
    points = 0.0
    lines: list[str] = []

    def close() -> None:
        source = "\n".join(lines).strip("\n")
        if kind == "try":
            written.tries.setdefault(name, []).append((words, source))
        elif kind:
            written.cells.append((kind, name, points, source))

    for line in path.read_text(encoding="utf-8").splitlines():
        match = _CELL.match(line)
        if not match:
            lines.append(line)
            continue
        close()
        kind, name, words = match[1], match[2] or "", match[4] or ""
        points, lines = float(match[3] or 0), []
    close()
    return written


def _cell(kind: str, name: str, points: float, source: str) -> Any:
    make = new_markdown_cell if kind in _MARKDOWN else new_code_cell
    cell = make(source)
    if kind in ("text", "loose"):
        return cell
    meta: dict[str, Any] = {
        "grade": kind in ("check", "work", "essay"),
        "grade_id": name,
        "locked": kind in ("given", "check", "task"),
        "schema_version": 3,
        "solution": kind in _ANSWERS,
        "task": kind == "task",
    }
    if points:
        meta["points"] = points
    cell.metadata["nbgrader"] = meta
    return cell


def notebook(written: Written) -> Any:
    """The instructor's notebook."""
    made = new_notebook(cells=[_cell(*cell) for cell in written.cells])
    made.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    return made


def write_source(course: CourseFolders, fixture: Path) -> list[Written]:
    """Put an assignment into source/, under the name of its folder; give its notebooks."""
    folder = course.root / "source" / fixture.name
    shutil.copytree(fixture, folder, ignore=shutil.ignore_patterns("*.cells"))
    found = [read(path) for path in sorted(fixture.glob("*.cells"))]
    for written in found:
        nbformat.write(notebook(written), folder / f"{written.name}.ipynb")
    return found


def hand_in_all(course: CourseFolders, assignment: str, notebooks: list[Written]) -> list[str]:
    """Hand in enough submissions that each try is tried, with one answer of every task in each."""
    students = []
    for number in range(max(written.attempts for written in notebooks)):
        student = f"{assignment}-{number:02d}"
        hand_in(course, student, assignment, notebooks, number)
        students.append(student)
    return students


def hand_in(
    course: CourseFolders, student: str, assignment: str, notebooks: list[Written], number: int
) -> Path:
    """Hand in the solutions (number 0), the tries of that number, or nothing."""
    folder = course.root / "submitted" / student / assignment
    shutil.copytree(course.root / "release" / assignment, folder)
    for written in notebooks:
        _answer(folder / f"{written.name}.ipynb", written, number)
    return folder


def _answer(path: Path, written: Written, number: int) -> None:
    """Write into a released notebook what the student of that number answers."""
    nb = nbformat.read(path, as_version=4)
    solutions = {name: source for _, name, _, source in written.cells}
    for cell in nb.cells:
        given = cell.metadata.get("nbgrader", {})
        if not given.get("solution"):
            continue
        name = given["grade_id"]
        tries = written.tries.get(name, [])
        if number == 0:
            cell.source = re.sub(r"\n? *### (?:BEGIN|END) SOLUTION", "", solutions[name])
        elif number <= len(tries):
            cell.source = tries[number - 1][1]
    # What a student's own run has left behind has no meaning.
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", name="stdout", text="from the student's own run")]
    nbformat.write(nb, path)
