"""A folder for one class: the exercises, papers of its own, and room for what is handed in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence

from safehaven.assignments.derive import derive
from safehaven.assignments.papers import write_papers
from safehaven.assignments.source import names
from safehaven.bank.blueprint import blueprint_names
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders

Report = Callable[[str], object]

#: What of a source a class does not need: nbgrader works with the notebook.
_LEFT_OUT = ("answers", "*.md", ".ipynb_checkpoints", "__pycache__")


def open_class(
    folders: CourseFolders,
    cohort: str,
    assignments: Sequence[str] | None = None,
    *,
    report: Report = lambda _: None,
) -> CourseFolders:
    """Make or renew `private/<cohort>/`, an nbgrader course with a gradebook of its own.

    Quizzes and tests are drawn for the class; exercises are those of the course. What the class
    has handed in, its points and its nbgrader_config.py stay as they are.

    Args:
        folders: the course; its notebooks must be derived.
        cohort: name of the class, which becomes the name of the folder.
        assignments: exercises and blueprints; where none is named, all exercises, the quiz of
            each lesson and the tests.
        report: called with a line for every assignment that is prepared.

    Raises:
        CourseError: there is no such assignment, or the name of the class cannot name a folder.
        CourseErrors: a source, a blueprint or a file of the bank cannot be used.
    """
    papers = blueprint_names(folders)
    exercises = [name for name in names(folders) if name not in papers]
    wanted = list(assignments) if assignments is not None else [*exercises, *papers]
    _check(folders, wanted, [*exercises, *papers])
    target = CourseFolders(folders.root / "private" / cohort)
    # With no name at all, every blueprint would be drawn.
    if drawn := [name for name in wanted if name in papers]:
        write_papers(folders, drawn, cohort)
    for name in wanted:
        if name in exercises:
            shutil.copytree(
                folders.solutions / name,
                target.solutions / name,
                ignore=shutil.ignore_patterns(*_LEFT_OUT),
                dirs_exist_ok=True,
            )
    if not (target.root / MARKER).is_file():
        _configure(folders, target, cohort)
    derive(target, wanted, report=report)
    return target


def _configure(folders: CourseFolders, target: CourseFolders, cohort: str) -> None:
    """Copy nbgrader's configuration; the class has an id of its own in nbgrader's exchange."""
    text = (folders.root / MARKER).read_text(encoding="utf-8")
    named = re.sub(r"(?m)^(c\.CourseDirectory\.course_id = ).*$", rf'\1"{cohort}"', text)
    (target.root / MARKER).write_text(named, encoding="utf-8")


def _check(folders: CourseFolders, wanted: Sequence[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name not in known:
            raise CourseError(
                f"There is no exercise and no blueprint {name!r}.",
                file=folders.root,
                remedy=f"Use one of: {', '.join(known)}.",
            )
