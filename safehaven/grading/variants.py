"""Grade every kept answer with stock nbgrader, and hold each test to the score it must give.

One notebook carries one answer for every task, so a few submissions try them all. It works in a
folder of its own, where everything is derived afresh.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from safehaven.assignments import answers
from safehaven.assignments.answers import Answer
from safehaven.assignments.derive import derive
from safehaven.assignments.source import Source, read
from safehaven.assignments.stock import nbgrader_api
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.demo import grade

Report = Callable[[str], object]

_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Try:
    """One notebook with one answer for every task.

    Attributes:
        student: the id under which it is handed in.
        source: the assignment's source.
        answers: what stands in the answer cells.
    """

    student: str
    source: Source
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Scored:
    """What one test gave for one answer.

    Attributes:
        assignment: the name of the assignment.
        answer: the answer that was tested.
        cell: the test, or the answer itself where a person marks it.
        expected: points that it must give; None where a person gives them.
        got: points that nbgrader gave; None where it leaves them to a person.
        failure: why there are none; empty otherwise.
    """

    assignment: str
    answer: Answer
    cell: str
    expected: float | None
    got: float | None
    failure: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the test gave what it must give."""
        if self.failure:
            return False
        if self.expected is None or self.got is None:
            return self.expected is self.got
        return abs(self.expected - self.got) <= _TOLERANCE

    def __str__(self) -> str:
        where = self.answer.file.name if self.answer.file else self.answer.name
        expected, got = _points(self.expected), self.failure or _points(self.got)
        place = f"{self.assignment}, {self.answer.cell}/{where}"
        return f"{place}: {self.cell} must give {expected}, gave {got}"


def _points(number: float | None) -> str:
    return "no points without a person" if number is None else f"{number:g}"


def tries(source: Source) -> list[Try]:
    """Put the model answer, all variants and a blank of every task into as few notebooks as can be.

    Raises:
        CourseErrors: a variant cannot be used.
    """
    kept = answers.variants(source)
    columns = [
        [
            answers.solution(source, cell),
            *(answer for (of, _), answer in kept.items() if of == cell),
            answers.blank(source, cell),
        ]
        for cell in source.answers
    ]
    # Cells that nobody fills stay blank; their scores are known already.
    return [
        Try(f"try-{number:02d}", source, tuple(answer for answer in row if answer is not None))
        for number, row in enumerate(zip_longest(*columns), 1)
    ]


def grade_answers(
    folders: CourseFolders,
    target: Path,
    assignments: Sequence[str],
    *,
    workers: int | None = None,
    report: Report = lambda _: None,
) -> list[Scored]:
    """Derive the assignments in an empty folder, hand in all their answers, and grade them.

    Args:
        folders: the course, which is left as it is.
        target: an empty folder, an ordinary nbgrader course afterwards.
        assignments: names of assignments with a Markdown source.
        workers: processes that grade side by side; one for each core where nothing is said.
        report: called with a line for every submission.

    Raises:
        CourseError, CourseErrors: a source or a variant cannot be used.
    """
    scratch = _scratch(folders, target, assignments)
    derive(scratch, assignments)
    handed_in = [a for name in assignments for source in read(scratch, name) for a in tries(source)]
    for attempt in handed_in:
        _hand_in(scratch, attempt)
    who = [(attempt.student, attempt.source.assignment) for attempt in handed_in]
    graded = grade(scratch, who, workers=workers, feedback=False, report=report)
    with nbgrader_api(scratch).gradebook as gradebook:
        return [
            scored
            for attempt, of in zip(handed_in, who, strict=True)
            for scored in _scores(gradebook, attempt, graded[of].failure)
        ]


def _scratch(folders: CourseFolders, target: Path, assignments: Sequence[str]) -> CourseFolders:
    scratch = CourseFolders(target)
    target.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folders.root / MARKER, target / MARKER)
    shutil.copytree(folders.data, scratch.data)
    ours = shutil.ignore_patterns("*.ipynb", "data", ".ipynb_checkpoints", "__pycache__")
    for name in assignments:
        shutil.copytree(folders.solutions / name, scratch.solutions / name, ignore=ours)
    return scratch


def _hand_in(scratch: CourseFolders, attempt: Try) -> None:
    name = attempt.source.assignment
    folder = scratch.root / "submitted" / attempt.student / name
    shutil.copytree(scratch.exercises / name, folder)
    text = answers.submission(scratch, attempt.source, {a.cell: a for a in attempt.answers})
    (folder / f"{attempt.source.file.stem}.ipynb").write_text(text, encoding="utf-8")


def _scores(gradebook: Any, attempt: Try, failure: str) -> Iterator[Scored]:
    name = attempt.source.assignment
    given: dict[str, float | None] = {}
    if not failure:
        kept = gradebook.find_submission(name, attempt.student)
        given = {g.name: g.auto_score for notebook in kept.notebooks for g in notebook.grades}
    for answer in attempt.answers:
        for cell, expected in answer.points.items():
            missing = "" if cell in given else "nothing: it is not in the gradebook"
            yield Scored(name, answer, cell, expected, given.get(cell), failure or missing)
