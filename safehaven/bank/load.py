"""Reads the bank from its YAML files, with the line of every mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from safehaven.bank.model import BankFile, Question, Use
from safehaven.errors import CourseError, CourseErrors, raise_all
from safehaven.folders import CourseFolders
from safehaven.located import load

USES: tuple[Use, ...] = ("practice", "graded")
#: What to do about a question that does not fit the model; the message says what is wrong.
REMEDY = "Mend the question; `safehaven bank schema` lists what each kind carries."


@dataclass(frozen=True)
class Located:
    """A question and where it stands."""

    question: Question
    file: Path
    line: int


@dataclass(frozen=True)
class Bank:
    """All questions that were loaded, in the order of their files."""

    located: tuple[Located, ...] = field(default_factory=tuple)

    def of(self, lesson: int, use: Use) -> list[Question]:
        """The questions of one lesson for one use, in the order of their file."""
        return [
            entry.question
            for entry in self.located
            if entry.question.lesson == lesson and entry.question.use == use
        ]

    def __iter__(self) -> Iterator[Question]:
        return (entry.question for entry in self.located)

    def __len__(self) -> int:
        return len(self.located)

    @cached_property
    def by_id(self) -> dict[str, Located]:
        """Every question under its id."""
        return {entry.question.id: entry for entry in self.located}


def load_bank(folders: CourseFolders, uses: Sequence[Use] = USES, *, private: bool = False) -> Bank:
    """Load every file of the bank for the given uses.

    Args:
        folders: where the course lies.
        uses: practice, graded or both.
        private: whether an instructor's own questions, in private/questions/ and outside git,
            join the bank; their ids are free ones of the lesson, such as `L07.g50`.

    Raises:
        CourseErrors: all that is wrong in all files, each with file, line and remedy.
    """
    located: list[Located] = []
    errors: list[CourseError] = []
    places = [folders.assessments, *([private_questions(folders)] if private else [])]
    for use, place in ((use, place) for use in uses for place in places):
        for file in sorted((place / use).glob("*.yaml")):
            entries, found = read_bank_file(file, use)
            located += entries
            errors += found
    errors += _repeated_ids(located)
    raise_all(errors)
    return Bank(tuple(located))


def private_questions(folders: CourseFolders) -> Path:
    """Where an instructor's own questions lie, which git never sees."""
    return folders.root / "private" / "questions"


def read_bank_file(file: Path, use: Use) -> tuple[list[Located], list[CourseError]]:
    """Read one file; what is wrong comes back as errors and nothing of it as questions."""
    try:
        document = load(file.read_text(encoding="utf-8"), file)
        bank_file = document.validate(BankFile, (), REMEDY)
    except UnicodeDecodeError as error:
        message = f"The file is not UTF-8 ({error.reason})."
        return [], [CourseError(message, file=file, remedy="Save it as UTF-8.")]
    except CourseErrors as found:
        return [], list(found.errors)
    except CourseError as error:
        return [], [error]
    if bank_file.use != use:
        message = f"The file says use: {bank_file.use} in the folder of {use} questions."
        return [], [document.error(message, ("use",), remedy="Move the file or mend 'use'.")]
    questions = bank_file.questions
    lines = (document.line(("questions", i)) for i in range(len(questions)))
    return [Located(q, file, n) for q, n in zip(questions, lines, strict=True)], []


def _repeated_ids(located: Iterable[Located]) -> list[CourseError]:
    seen: dict[str, Located] = {}
    errors = []
    for entry in located:
        first = seen.setdefault(entry.question.id, entry)
        if first is not entry:
            message = f"The id {entry.question.id} is taken at {first.file.name}:{first.line}."
            remedy = "Give it the next free id."
            errors.append(CourseError(message, file=entry.file, line=entry.line, remedy=remedy))
    return errors
