"""One graded quiz a lesson, written from the bank as an nbgrader source notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from safehaven.bank import Bank, Question, load_bank
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson, read_lessons
from safehaven.render.notebook import write_quiz

#: The seed of the paper that stands in exercises/; a class can be given another.
COURSE_SEED = "course"


def quiz_name(lesson: int) -> str:
    """The name of the assignment: `quiz-07`."""
    return f"quiz-{lesson:02d}"


def write_quizzes(folders: CourseFolders) -> list[Path]:
    """Write solutions/quiz-NN/quiz-NN.ipynb for each lesson that has graded questions.

    Raises:
        CourseErrors: a file of the bank cannot be used.
    """
    bank = load_bank(folders, uses=("graded",))
    lessons = {lesson.number: lesson for lesson in read_lessons(folders.book)[0]}
    numbers = sorted({question.lesson for question in bank})
    return [_write(folders, bank, number, lessons.get(number)) for number in numbers]


def _write(folders: CourseFolders, bank: Bank, number: int, lesson: Lesson | None) -> Path:
    name = quiz_name(number)
    path = folders.solutions / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    questions: Sequence[Question] = bank.of(number, "graded")
    title = f"Quiz {number}: {lesson.head.title}" if lesson else f"Quiz {number}"
    write_quiz(path, questions, title=title, seed=COURSE_SEED, reread=reread(lesson))
    return path


def reread(lesson: Lesson | None) -> dict[str, str]:
    """For each objective, in words, where its lesson teaches it."""
    if lesson is None:
        return {}
    return {
        objective.id: f"Lesson {lesson.number}, section '{objective.section}' ({objective.text})"
        for objective in lesson.head.objectives
    }
