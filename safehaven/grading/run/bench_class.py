"""One class, graded by stock nbgrader and by this package, on one machine in one go."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from safehaven.assignments import answers
from safehaven.assignments.answers import Answer
from safehaven.assignments.derive import derive
from safehaven.assignments.source import Source, read
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.run.compare import facts
from safehaven.grading.run.usage import Usage, measure

_OURS = """
import pathlib, sys
from safehaven.grading.run import grade
grade(pathlib.Path(sys.argv[1]), sys.argv[2], report=print)
"""


@dataclass(frozen=True)
class Contest:
    """What two ways of grading the same class used.

    Attributes:
        assignment: the name of the assignment.
        count: how many submissions.
        stock: what `nbgrader autograde` used.
        ours: what `safehaven grade` used, in its sandbox.
    """

    assignment: str
    count: int
    stock: Usage
    ours: Usage


def run_contest(folders: CourseFolders, scratch: Path, assignment: str, count: int) -> Contest:
    """Let a class hand in, grade it in both ways, and hold the two gradebooks against each other.

    Args:
        folders: the course, which is left as it is.
        scratch: an empty folder.
        assignment: an assignment with a Markdown source and kept answers.
        count: how many students hand in, each another mix of right and wrong answers.

    Raises:
        CourseError, CourseErrors: grading fails, or the gradebooks differ.
    """
    stock = make_class(folders, scratch / "stock", assignment, count)
    ours = CourseFolders(Path(shutil.copytree(stock.root, scratch / "ours")))
    nbgrader = [sys.executable, "-m", "nbgrader", "autograde", assignment]
    own = [sys.executable, "-c", _OURS, str(ours.root), assignment]
    used = Contest(
        assignment,
        count,
        stock=_used(nbgrader, stock, scratch / "stock.log"),
        ours=_used(own, ours, scratch / "ours.log"),
    )
    theirs, own_facts = (
        facts(f"sqlite:///{course.root}/gradebook.db", assignment) for course in (stock, ours)
    )
    different = sorted({key for key, _ in theirs.items() ^ own_facts.items()})
    if different:
        raise CourseError(
            f"The two gradebooks differ in {len(different)} places, as in {different[0]}.",
            file=scratch,
            remedy="Compare the gradebook.db in the folders 'stock' and 'ours'.",
        )
    return used


def _used(command: Sequence[str], course: CourseFolders, log: Path) -> Usage:
    usage = measure(command, course.root, log)
    if usage.status:
        raise CourseError(
            f"The class could not be graded: {usage.said.splitlines()[-1:]}.",
            file=log,
            remedy="Read this file.",
        )
    return usage


def make_class(folders: CourseFolders, target: Path, assignment: str, count: int) -> CourseFolders:
    """Derive one assignment in an empty folder, and let a class hand it in."""
    course = CourseFolders(target)
    target.mkdir(parents=True)
    shutil.copyfile(folders.root / MARKER, target / MARKER)
    shutil.copytree(folders.data, course.data)
    ours = shutil.ignore_patterns("*.ipynb", "data", ".ipynb_checkpoints", "__pycache__")
    shutil.copytree(folders.solutions / assignment, course.solutions / assignment, ignore=ours)
    derive(course, [assignment])
    for source in read(course, assignment):
        for number, given in enumerate(_mixed(source, count)):
            folder = target / "submitted" / f"student-{number:03d}" / assignment
            shutil.copytree(course.exercises / assignment, folder, dirs_exist_ok=True)
            text = answers.submission(course, source, {a.cell: a for a in given})
            (folder / f"{source.file.stem}.ipynb").write_text(text, encoding="utf-8")
    return course


def _mixed(source: Source, count: int) -> Iterator[list[Answer]]:
    """Answers for all tasks, right, wrong and none, in another mix for each student."""
    kept = answers.variants(source)
    columns = [
        [
            answers.solution(source, cell),
            *(answer for (of, _), answer in kept.items() if of == cell),
            answers.blank(source, cell),
        ]
        for cell in source.answers
    ]
    for number in range(count):
        yield [
            column[(number * (place + 1) + place) % len(column)]
            for place, column in enumerate(columns)
        ]
