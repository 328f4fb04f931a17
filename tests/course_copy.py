"""A copy of this course with one exercise and one quiz, as an instructor has it."""

from __future__ import annotations

import shutil
from pathlib import Path

from safehaven.assignments.derive import derive
from safehaven.assignments.quizzes import write_quizzes
from safehaven.folders import MARKER, CourseFolders
from tests.mini_course import ROOT

EXERCISE, QUIZ = "ex07-two-lists", "quiz-07"


def course_copy(target: Path) -> CourseFolders:
    """Fill an empty folder, and derive both assignments."""
    course = CourseFolders(target)
    shutil.copyfile(ROOT / MARKER, course.root / MARKER)
    for name in ("book", "assessments", f"solutions/{EXERCISE}"):
        shutil.copytree(
            ROOT / name,
            course.root / name,
            ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints"),
        )
    write_quizzes(course)
    derive(course, [EXERCISE, QUIZ])
    return course
