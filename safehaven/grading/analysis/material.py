"""The course that a gradebook belongs to: what its questions test, and where that is taught."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from safehaven.bank.load import USES, private_questions, read_bank_file
from safehaven.errors import CourseError, raise_all
from safehaven.folders import CourseFolders
from safehaven.lessons import read_lessons


@dataclass(frozen=True)
class Aim:
    """An objective of a lesson.

    Attributes:
        id: `L07.1`.
        text: what a student can do.
        lesson: the number of the lesson.
        title: the title of the lesson.
        section: the heading of the section that teaches it.
    """

    id: str
    text: str
    lesson: int
    title: str
    section: str

    @property
    def heading(self) -> str:
        """The lesson, for a reader."""
        return f"Lesson {self.lesson}, {self.title}"

    @property
    def quoted(self) -> str:
        """The section, for a reader."""
        return f"'{self.section}'"

    @property
    def place(self) -> str:
        """Where it is taught, for a reader."""
        return f"{self.heading}: {self.quoted}"


@dataclass(frozen=True)
class Material:
    """What a course says about its questions.

    Attributes:
        aims: the objectives, by id, in the order of the lessons.
        questions: for each question that was asked, its objective.
    """

    aims: Mapping[str, Aim] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)


def read_material(root: Path, asked: Collection[str]) -> Material:
    """Read what the course in which a gradebook's folder lies says about questions.

    A class can have a folder of its own below the course, such as `private/2027-spring`.

    Args:
        root: the folder of the gradebook.
        asked: ids of questions of the bank.

    Returns:
        Nothing for a course that is not of this kind.

    Raises:
        CourseErrors: a file of the bank that holds one of the questions cannot be read.
    """
    for folder in (root, *root.parents):
        folders = CourseFolders(folder)
        if folders.assessments.is_dir() and folders.book.is_dir():
            return Material(_aims(folders), _objectives(folders, asked))
    return Material()


def _aims(folders: CourseFolders) -> dict[str, Aim]:
    return {
        o.id: Aim(o.id, o.text, lesson.number, lesson.head.title, o.section)
        for lesson in read_lessons(folders.book)[0]
        for o in lesson.head.objectives
    }


def _objectives(folders: CourseFolders, asked: Collection[str]) -> dict[str, str]:
    """Only files that name one of the questions are read as YAML, which takes its time."""
    found: dict[str, str] = {}
    errors: list[CourseError] = []
    for use in USES if asked else ():
        for place in (folders.assessments, private_questions(folders)):
            for file in sorted((place / use).glob("*.yaml")):
                text = file.read_text(encoding="utf-8", errors="replace")
                if any(question in text for question in asked):
                    located, wrong = read_bank_file(file, use)
                    found |= {entry.question.id: entry.question.objective for entry in located}
                    errors += wrong
    raise_all(errors)
    return found
