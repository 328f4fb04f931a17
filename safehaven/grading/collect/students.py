"""Who is who: the list that says which student of the course a name in the source is.

Any of these will do, in UTF-8 with commas or semicolons:

- a table of one's own with the columns `lms_id` and `student_id`, and, where it is known when
  the work was handed in, `submitted` (2026-10-01 21:59, in UTC, or with an offset);
- the gradebook exported from Canvas, whose column `ID` is the number in the file names;
- Moodle's grading worksheet, whose column `Identifier` says 'Participant 123'.

The last two do not say which of their columns is the id in the course; `column` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from safehaven.errors import CourseError
from safehaven.grading.export.cells import plain
from safehaven.grading.export.template import Field, Template

_KEYS = ("lms_id", "Identifier", "ID")
_STUDENT = "student_id"
_SUBMITTED = "submitted"
_PARTICIPANT = re.compile(r"\D*(\d+)")


@dataclass(frozen=True)
class Listed:
    """A student in the list.

    Attributes:
        student: the id in the course, as the list has it.
        submitted: when the work was handed in, in UTC; None where the list does not say.
    """

    student: str
    submitted: datetime | None = None


def read_students(file: Path, column: str = "") -> dict[str, Listed]:
    """Read a list; rows without an id in the course are passed over.

    Args:
        file: the CSV file.
        column: which column holds the id in the course; `student_id` where nothing is said.

    Raises:
        CourseError: it cannot be read, a column is missing, or it contradicts itself.
    """
    sheet = Template(file)
    head = [field.text.strip() for field in sheet.rows[0]] if sheet.rows else []
    key_at = next((head.index(key) for key in _KEYS if key in head), None)
    wanted = column or _STUDENT
    if key_at is None or wanted not in head:
        missing = f"'{wanted}'" if key_at is not None else " or ".join(f"'{key}'" for key in _KEYS)
        raise CourseError(
            f"This list has no column {missing}. Its columns are: {', '.join(head) or 'none'}.",
            file=file,
            line=1,
            remedy="Give it the columns lms_id and student_id, or say with --student-column which "
            "column holds the id in the course.",
        )
    places = (key_at, head.index(wanted), head.index(_SUBMITTED) if _SUBMITTED in head else None)
    return _read_rows(sheet.rows[1:], places, file, is_worksheet=head[key_at] == "Identifier")


def _read_rows(
    rows: Sequence[Sequence[Field]],
    places: tuple[int, int, int | None],
    file: Path,
    *,
    is_worksheet: bool,
) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    taken: dict[str, str] = {}
    for row in rows:
        key, student, submitted = (_said(row, at) for at in places)
        number = _PARTICIPANT.fullmatch(key) if is_worksheet else None
        key = number[1] if number else key
        if not key or not student:
            continue
        if found.get(key, Listed(student)).student != student or taken.get(student, key) != key:
            raise CourseError(
                f"This list names '{key}' or '{student}' twice, and not the same.",
                file=file,
                line=row[0].line,
                remedy="Keep the line that is right.",
            )
        taken[student] = key
        found[key] = Listed(student, _moment(submitted, file, row[0].line))
    return found


def _said(row: Sequence[Field], at: int | None) -> str:
    return plain(row[at].text).strip() if at is not None and at < len(row) else ""


def _moment(text: str, file: Path, line: int) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError as error:
        raise CourseError(
            f"'{text}' is no date and time.",
            file=file,
            line=line,
            remedy="Write it as 2026-10-01 21:59, in UTC, or with an offset: +02:00.",
        ) from error
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
