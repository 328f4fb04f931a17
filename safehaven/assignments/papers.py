"""Writes the paper of a class: as an nbgrader source notebook, for Canvas, or for Moodle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from safehaven.assignments.quizzes import reread
from safehaven.bank.blueprint import load_blueprints
from safehaven.bank.draw import Paper, draw
from safehaven.bank.load import load_bank
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson, read_lessons
from safehaven.render.notebook import write_quiz

Target = Literal["notebook", "qti", "moodle"]
TARGETS: tuple[Target, ...] = ("notebook", "qti", "moodle")


def write_papers(
    folders: CourseFolders,
    names: Sequence[str],
    cohort: str,
    targets: Sequence[Target] = ("notebook",),
    output: Path | None = None,
) -> list[tuple[Paper, Path]]:
    """Draw the papers of a class and write each for each target.

    Args:
        folders: where the course lies; private questions join its bank.
        names: names of blueprints; all of them where none is given.
        cohort: name of the class, which becomes the name of a folder.
        targets: what is written.
        output: the folder to write to; without it `private/<cohort>/`, with the notebooks in
            `solutions/` there, where nbgrader looks for them.

    Raises:
        CourseError: a blueprint asks for more than the bank has, or the name of the class cannot
            name a folder.
        CourseErrors: a file of the bank or a blueprint cannot be used.
    """
    _check_cohort(cohort, folders)
    blueprints = load_blueprints(folders, names)
    bank = load_bank(folders, private=True)
    lessons = read_lessons(folders.book)[0]
    papers = [draw(blueprint, bank, cohort) for blueprint in blueprints]
    return [
        (paper, _WRITERS[target](paper, _path(folders, paper, target, output), lessons))
        for paper in papers
        for target in targets
    ]


def describe_all(folders: CourseFolders) -> list[str]:
    """What a paper of each blueprint weighs; every blueprint is drawn once.

    Raises:
        CourseError: a blueprint asks for more than the bank has.
        CourseErrors: a file of the bank or a blueprint cannot be used.
    """
    bank = load_bank(folders, private=True)
    return [describe(draw(blueprint, bank, "any")) for blueprint in load_blueprints(folders)]


def describe(paper: Paper) -> str:
    """What a paper weighs, in one line; kinds only where the blueprint shares them out."""
    blueprint = paper.blueprint
    kinds = blueprint.head.kinds or any(pool.rule.kinds for pool in blueprint.pools)
    counts = [paper.weight["levels"], *([paper.weight["kinds"]] if kinds else [])]
    parts = [", ".join(f"{name} {number}" for name, number in part.items()) for part in counts]
    points = sum(paper.points.values())
    return f"{paper.name}: {len(paper.questions)} questions, {points:g} points; {'; '.join(parts)}"


def _check_cohort(cohort: str, folders: CourseFolders) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", cohort):
        raise CourseError(
            f"The class {cohort!r} cannot name a folder.",
            file=folders.root / "private",
            remedy="Use letters, figures, hyphens, dots and underscores, such as 2027-spring.",
        )


def _path(folders: CourseFolders, paper: Paper, target: Target, output: Path | None) -> Path:
    base = output or folders.root / "private" / paper.cohort
    if target == "notebook":
        return (output or base / "solutions") / paper.name / f"{paper.name}.ipynb"
    ending = {"qti": "-canvas.zip", "moodle": "-moodle.xml"}[target]
    return base / f"{paper.name}{ending}"


def _advice(paper: Paper, lessons: Sequence[Lesson]) -> dict[str, str]:
    """For each objective, what a student who was wrong should read."""
    numbers = {question.lesson for question in paper.questions}
    used = [lesson for lesson in lessons if lesson.number in numbers]
    if paper.blueprint.head.diagnostic:
        return {
            objective.id: f"Lesson {lesson.number}, '{lesson.head.title}': begin with this lesson."
            for lesson in used
            for objective in lesson.head.objectives
        }
    return {key: words for lesson in used for key, words in reread(lesson).items()}


def _lms_advice(paper: Paper, lessons: Sequence[Lesson]) -> dict[str, str]:
    word = "" if paper.blueprint.head.diagnostic else "Reread: "
    return {key: f"{word}{text}" for key, text in _advice(paper, lessons).items()}


def _write_notebook(paper: Paper, path: Path, lessons: Sequence[Lesson]) -> Path:
    write_quiz(
        path,
        paper.questions,
        title=paper.title,
        seed=paper.seed,
        points=paper.points,
        reread=_advice(paper, lessons),
    )
    return path


def _write_qti(paper: Paper, path: Path, lessons: Sequence[Lesson]) -> Path:
    from safehaven.render.qti import qti_package

    package = qti_package(
        paper.shown, title=paper.title, points=paper.points, advice=_lms_advice(paper, lessons)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(package)
    return path


def _write_moodle(paper: Paper, path: Path, lessons: Sequence[Lesson]) -> Path:
    from safehaven.render.moodle import moodle_xml

    document = moodle_xml(
        paper.shown,
        category=f"{paper.title} ({paper.cohort})",
        points=paper.points,
        advice=_lms_advice(paper, lessons),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document, encoding="utf-8")
    return path


_WRITERS: Mapping[Target, Callable[[Paper, Path, Sequence[Lesson]], Path]] = {
    "notebook": _write_notebook,
    "qti": _write_qti,
    "moodle": _write_moodle,
}
