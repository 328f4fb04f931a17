"""A CSV file in which single cells are changed, and every other byte stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safehaven.errors import CourseError

_BOM = "\ufeff"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Field:
    """A cell of the file.

    Attributes:
        text: what it says, without quotation marks.
        start: where it begins in the text of the file.
        end: where it ends.
        line: the line it stands in, counted from 1.
    """

    text: str
    start: int
    end: int
    line: int


class Template:
    """A CSV file, cell by cell.

    Attributes:
        file: where it lies.
        rows: its cells, row by row; empty lines are left out.
    """

    def __init__(self, file: Path, delimiters: str = ",;") -> None:
        """Read it.

        Args:
            file: the file, in UTF-8 with or without a byte order mark.
            delimiters: the characters of which one stands between the cells; the one that
                the first line holds most often is taken.

        Raises:
            CourseError: it cannot be read as CSV.
        """
        self.file = file
        self._text = read_utf8(file)
        first = _QUOTED.sub("", self._text).partition("\n")[0]
        delimiter = max(delimiters, key=first.count)
        self.rows = list(_rows(self._text, delimiter, file))
        self._changes: dict[int, tuple[Field, str]] = {}

    def change(self, field: Field, text: str) -> None:
        """Put another text, which needs no quotation marks, into a cell."""
        quoted = self._text[field.start : field.end].startswith('"')
        self._changes[field.start] = (field, f'"{text}"' if quoted else text)

    def text(self) -> str:
        """The whole file with the changes, and nothing else changed."""
        parts, at = [], 0
        for start in sorted(self._changes):
            field, new = self._changes[start]
            parts += [self._text[at:start], new]
            at = field.end
        return "".join([*parts, self._text[at:]])


def read_utf8(file: Path) -> str:
    """The text of a file, its line ends and its byte order mark as they are.

    Raises:
        CourseError: it is not there, or not in UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise CourseError(
            "This file is not in UTF-8.",
            file=file,
            line=line,
            remedy="Use the file as it was downloaded. A spreadsheet that has changed it saves it "
            "right as 'CSV UTF-8'.",
        ) from error
    except OSError as error:
        raise CourseError(
            f"This file cannot be read: {error.strerror}.",
            file=file,
            remedy="Check the name of the file.",
        ) from error


def _rows(text: str, delimiter: str, file: Path) -> Iterator[list[Field]]:
    """All rows that are not empty."""
    cell = re.compile(
        rf'(?:"((?:[^"]|"")*)"|([^"{delimiter}\r\n][^{delimiter}\r\n]*)?)({delimiter}|\r\n|\n|\r|\Z)'
    )
    at = len(_BOM) if text.startswith(_BOM) else 0
    row: list[Field] = []
    line = 1
    while at < len(text) or row:
        found = cell.match(text, at)
        if found is None:
            raise CourseError(
                "This line cannot be read as CSV: a quotation mark is missing or too many.",
                file=file,
                line=line,
                remedy="Use the file as it was downloaded.",
            )
        quoted, bare, end = found.groups()
        said = quoted.replace('""', '"') if quoted is not None else bare or ""
        row.append(Field(said, at, found.start(3), line))
        line += found.group().replace("\r\n", "\n").count("\n")
        at = found.end()
        if end != delimiter:
            if len(row) > 1 or row[0].text:
                yield row
            row = []
