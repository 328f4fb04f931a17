"""A simulated class: students of differing skill, and what each of them hands in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from safehaven.assignments.answers import Answer
from safehaven.assignments.quizzes import course_quizzes
from safehaven.assignments.source import read
from safehaven.folders import CourseFolders
from safehaven.grading.plan import ExerciseBook, HandIn, QuizBook, Workbook

#: A made-up day; nothing depends on it but that everybody is in time.
_DUE = datetime(2027, 3, 1, 22, 0, tzinfo=UTC)


def hand_ins(
    folders: CourseFolders, assignments: Sequence[str], students: int, seed: int
) -> list[HandIn]:
    """What a class hands in: each student one notebook for each assignment.

    A student's skill and a task's difficulty decide by chance whether an answer is right (the
    Rasch model), so that the class looks like one in a report: better students are right more
    often, and some tasks are harder than others.

    Raises:
        CourseError, CourseErrors: an assignment or its kept answers cannot be used.
    """
    chance = Random(seed)
    skills = [chance.gauss(0.5, 1.0) for _ in range(students)]
    books = [(name, book) for name in assignments for book in _books(folders, name)]
    return [one for name, book in books for one in _handed_in(name, book, skills, chance)]


def _books(folders: CourseFolders, name: str) -> Iterator[Workbook]:
    quizzes = {paper.name: paper.shown for paper in course_quizzes(folders)}
    for source in read(folders, name):
        yield QuizBook(source, quizzes[name]) if name in quizzes else ExerciseBook(source)


def _handed_in(
    name: str, book: Workbook, skills: Sequence[float], chance: Random
) -> Iterator[HandIn]:
    ways = {cell: _ways(book, cell) for cell in book.cells}
    difficulty = {cell: chance.gauss(0.0, 0.8) for cell in book.cells}
    for number, skill in enumerate(skills, 1):
        given = tuple(
            chance.choice(ways[cell][chance.random() < _logistic(skill - difficulty[cell])])
            for cell in book.cells
        )
        points = (p for answer in given for p in answer.points.values() if p is not None)
        yield HandIn(
            student=f"student-{number:04d}",
            kind="mistakes",
            assignment=name,
            source=book.source,
            answers=given,
            score=round(sum(points), 4),
            as_computed=True,
            due=_DUE,
            handed_in=_DUE - timedelta(minutes=number),
        )


def _ways(book: Workbook, cell: str) -> dict[bool, list[Answer]]:
    """The ways to answer a cell: the right ones under True."""
    if isinstance(book, ExerciseBook):
        kept = [how for of, how in book.variants if of == cell]
        right = ["right", *(how for how in kept if how.startswith("right"))]
        wrong = ["blank", *(how for how in kept if how.startswith("wrong"))]
    else:
        right, wrong = ["right", "right-another-way"], ["wrong", "wrong", "half", "blank"]
    return {
        True: [book.answer(cell, how) for how in right],
        False: [book.answer(cell, how) for how in wrong],
    }


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))
