"""The one kind of error that bad input raises, in every room of the package."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class CourseError(Exception):
    """Something that a person wrote cannot be used, and says where and what to do.

    Attributes:
        message: what is wrong, a sentence.
        file: the file it stands in.
        line: the line, counted from 1; None where a line means nothing (a missing file).
        remedy: what to change, a sentence.
    """

    def __init__(
        self, message: str, *, file: Path | str, line: int | None = None, remedy: str
    ) -> None:
        self.message = message
        self.file = Path(file)
        self.line = line
        self.remedy = remedy
        super().__init__(message)

    @property
    def place(self) -> str:
        """`file:line`, the file seen from the working folder where that is shorter."""
        try:
            shown = self.file.resolve().relative_to(Path.cwd())
        except ValueError:
            shown = self.file
        return f"{shown}:{self.line}" if self.line is not None else str(shown)

    def __str__(self) -> str:
        return f"{self.place}: {self.message} Remedy: {self.remedy}"


class CourseErrors(Exception):
    """Several errors found in one pass, so that an author can mend them together."""

    def __init__(self, errors: Iterable[CourseError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


def raise_all(errors: Iterable[CourseError]) -> None:
    """Raise one CourseErrors for all that was found, or do nothing where nothing was."""
    found = tuple(errors)
    if found:
        raise CourseErrors(found)
