"""Writes the paper of a class: as an nbgrader source notebook, for Canvas, or for Moodle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from safehaven.bank import Question
from safehaven.bank.blueprint import load_blueprints
from safehaven.bank.draw import Paper, draw
from safehaven.bank.load import load_bank
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson, read_lessons
from safehaven.render.notebook import notebook_text

Target = Literal["notebook", "qti", "moodle"]


def write_papers(
    folders: CourseFolders,
    names: Sequence[str],
    cohort: str,
    targets: Sequence[Target] = ("notebook",),
    output: Path | None = None,
) -> list[tuple[Paper, Path]]:
    """Draw the papers of a class and write each for each target.

    Nothing is written before all of them are drawn and rendered.

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
    rendered = [
        (
            paper,
            _path(folders, paper, target, output),
            _RENDERERS[target](_as_handed_out(paper), lessons),
        )
        for paper in papers
        for target in targets
    ]
    for _, path, content in rendered:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [(paper, path) for paper, path, _ in rendered]


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
    """For each objective of a paper, where a student who was wrong finds what was missing."""
    words = "To be learnt in: " if paper.blueprint.head.diagnostic else "Reread: "
    numbers = {question.lesson for question in paper.questions}
    return {
        objective.id: f"{words}{lesson.place(objective)} ({objective.text})"
        for lesson in lessons
        if lesson.number in numbers
        for objective in lesson.head.objectives
    }


def _lms_advice(paper: Paper, lessons: Sequence[Lesson]) -> dict[str, str]:
    """As in a notebook; but no LMS sums up a diagnostic: each wrong answer names its lesson."""
    if not paper.blueprint.head.diagnostic:
        return _advice(paper, lessons)
    titles = _titles(paper, lessons)
    return {
        objective.id: f"{titles[lesson.number]}: begin with this lesson."
        for lesson in lessons
        if lesson.number in titles
        for objective in lesson.head.objectives
    }


def _titles(paper: Paper, lessons: Sequence[Lesson]) -> dict[int, str]:
    """What each lesson of a paper is called; by its number alone where it is not written yet."""
    known = {lesson.number: f", '{lesson.head.title}'" for lesson in lessons}
    numbers = sorted({question.lesson for question in paper.questions})
    return {number: f"Lesson {number}{known.get(number, '')}" for number in numbers}


def _for_newcomers(question: Question) -> Question:
    """A question whose feedback sends to a section that its reader has not read before."""
    written = question.model_dump_json(by_alias=True).replace("Reread ", "Read ")
    return type(question).model_validate_json(written)


def _as_handed_out(paper: Paper) -> Paper:
    """A paper as it is rendered: a diagnostic comes before the lessons, and speaks so."""
    if not paper.blueprint.head.diagnostic:
        return paper
    return replace(paper, questions=tuple(map(_for_newcomers, paper.questions)))


def notebook_bytes(paper: Paper, lessons: Sequence[Lesson]) -> bytes:
    """The nbgrader source notebook of a paper; a diagnostic ends with the lessons to begin with."""
    text = notebook_text(
        paper.questions,
        title=paper.title,
        seed=paper.seed,
        points=paper.points,
        advice=_advice(paper, lessons),
        begin_with=_titles(paper, lessons) if paper.blueprint.head.diagnostic else None,
    )
    return text.encode("utf-8")


def _qti_bytes(paper: Paper, lessons: Sequence[Lesson]) -> bytes:
    from safehaven.render.qti import qti_package

    advice = _lms_advice(paper, lessons)
    return qti_package(paper.shown, title=paper.title, points=paper.points, advice=advice)


def _moodle_bytes(paper: Paper, lessons: Sequence[Lesson]) -> bytes:
    from safehaven.render.moodle import moodle_xml

    document = moodle_xml(
        paper.shown,
        category=f"{paper.title} ({paper.cohort})",
        points=paper.points,
        advice=_lms_advice(paper, lessons),
    )
    return document.encode("utf-8")


_RENDERERS: Mapping[Target, Callable[[Paper, Sequence[Lesson]], bytes]] = {
    "notebook": notebook_bytes,
    "qti": _qti_bytes,
    "moodle": _moodle_bytes,
}
