"""The quiz of each lesson as the course itself hands it out, drawn from its blueprint."""

from __future__ import annotations

from pathlib import Path

from safehaven.assignments.papers import notebook_bytes
from safehaven.bank import load_bank
from safehaven.bank.blueprint import blueprint_names, load_blueprints
from safehaven.bank.draw import Paper, draw
from safehaven.folders import CourseFolders
from safehaven.lessons import read_lessons

#: The class for which the quizzes in exercises/ are drawn; another gets papers of its own.
COURSE_SEED = "course"


def quiz_name(lesson: int) -> str:
    """The name of the assignment, and of its blueprint: `quiz-07`."""
    return f"quiz-{lesson:02d}"


def course_quizzes(folders: CourseFolders) -> list[Paper]:
    """The quiz of each lesson that has a blueprint for one, in the order of the lessons.

    Raises:
        CourseError: a blueprint asks for more than the bank has.
        CourseErrors: a file of the bank or a blueprint cannot be used.
    """
    bank = load_bank(folders)
    quizzes = {quiz_name(question.lesson) for question in bank}
    return [
        draw(blueprint, bank, COURSE_SEED)
        for name in blueprint_names(folders)
        if name in quizzes
        for blueprint in load_blueprints(folders, [name])
    ]


def write_quizzes(folders: CourseFolders) -> list[Path]:
    """Write solutions/quiz-NN/quiz-NN.ipynb for each lesson that has a blueprint for a quiz.

    Nothing is written before all of them are drawn and rendered.

    Raises:
        CourseError: a blueprint asks for more than the bank has.
        CourseErrors: a file of the bank or a blueprint cannot be used.
    """
    lessons = read_lessons(folders.book)[0]
    rendered = {
        folders.solutions / paper.name / f"{paper.name}.ipynb": notebook_bytes(paper, lessons)
        for paper in course_quizzes(folders)
    }
    for path, content in rendered.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(rendered)
