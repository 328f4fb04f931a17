"""A small class that is graded in no time: its notebooks run without a kernel.

The course is made by nbgrader itself. Its configuration runs the cells in the worker process, so
what a student writes can also end that process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from safehaven.assignments.stock import nbgrader_api
from safehaven.folders import CourseFolders
from safehaven.grading.run.compare import Facts, facts

ROOT = Path(__file__).parents[2]
ASSIGNMENT = "sums"

CONFIG = """
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4 import new_output
from nbgrader.preprocessors import (
    AssignLatePenalties, CheckCellMetadata, LimitOutput, NbGraderPreprocessor, SaveAutoGrades,
)


class RunHere(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        names = {}
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                try:
                    exec(cell.source, names)
                except Exception as error:
                    said = {"ename": type(error).__name__, "evalue": str(error), "traceback": []}
                    cell.outputs = [new_output("error", **said)]
        return nb, resources


c = get_config()
c.CourseDirectory.course_id = "small"
c.Autograde.autograde_preprocessors = [
    RunHere, ClearMetadataPreprocessor, LimitOutput, SaveAutoGrades, AssignLatePenalties,
    CheckCellMetadata,
]
"""
RIGHT = "def total(numbers):\n    return sum(numbers)"
WRONG = "def total(numbers):\n    return 7"
NOTHING = "raise NotImplementedError()"


def make_course(root: Path, config: str = CONFIG) -> Path:
    """A course with one assignment of one notebook: two tests, one answer marked by hand."""
    cells = [
        new_code_cell(
            f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION",
            metadata=_about("total", solution=True),
        ),
        new_code_cell(
            "assert total([]) == 0",
            metadata=_about("test-empty", grade=True, locked=True, points=1),
        ),
        new_code_cell(
            "assert total([3, 4]) == 7",
            metadata=_about("test-two", grade=True, locked=True, points=2),
        ),
        new_markdown_cell("Because.", metadata=_about("why", grade=True, solution=True, points=3)),
    ]
    source = root / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=spec), source / f"{ASSIGNMENT}.ipynb")
    (source / "numbers.csv").write_text("n\n1\n", encoding="utf-8")
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    result = nbgrader_api(CourseFolders(root)).generate_assignment(ASSIGNMENT)
    assert result["success"], result
    return root


def _about(name: str, **kinds: object) -> dict[str, object]:
    about = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {"nbgrader": about | {"grade_id": name} | kinds}


def hand_in(root: Path, student: str, answer: str = RIGHT, why: str = "It is so.") -> Path:
    """Hand in an answer for a student."""
    released = root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name == "total":
            cell.source = answer
        if name == "why":
            cell.source = why
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{ASSIGNMENT}.ipynb")
    (folder / "timestamp.txt").write_text("2026-03-01 10:00:00 UTC\n", encoding="utf-8")
    return folder


def hand_in_class(root: Path, count: int) -> list[str]:
    """A class with right, wrong and missing answers in turn."""
    answers = (RIGHT, WRONG, NOTHING)
    students = [f"student-{number:03d}" for number in range(count)]
    for number, student in enumerate(students):
        hand_in(root, student, answers[number % 3])
    return students


def url(root: Path) -> str:
    return f"sqlite:///{root}/gradebook.db"


def graded(root: Path) -> Facts:
    """What the gradebook of the course says."""
    return facts(url(root), ASSIGNMENT)


def journal_of(root: Path) -> list[dict[str, object]]:
    lines = (root / "grading" / ASSIGNMENT / "journal.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in lines.splitlines()]


def python(
    code: str, *arguments: str, env: Mapping[str, str] | None = None, **settings: object
) -> subprocess.Popen[bytes]:
    """A Python of its own that runs some code, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        start_new_session=True,
        **settings,  # type: ignore[call-overload]
    )


def autograded(root: Path, students: Sequence[str]) -> list[str]:
    """Which of the students have an autograded notebook."""
    place = f"{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
    return [s for s in students if (root / "autograded" / s / place).is_file()]
