"""Grades for Moodle's grade import (CSV).

Moodle documents the import at https://docs.moodle.org/405/en/Grade_import: students are mapped by
"ID number", "Email address" (upper and lower case count) or user name, each other column to a
grade item or to the feedback of one, and feedback is imported together with its grade, because
feedback alone would remove the grade. Its source
(https://github.com/moodle/moodle/blob/main/grade/import/csv/classes/load_data.php) shows two
things more, which decide what is written here: an empty grade removes the grade that is there, and
one student whom Moodle does not know stops the whole import. So a student without points has no
row, and those whom Moodle does not know can be left out by giving a list of those whom it knows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets import Bool, Enum, Unicode

from safehaven.errors import CourseError
from safehaven.grading.export.cells import Cell, harmless, number, table_text, write_text
from safehaven.grading.export.plugin import Exporter, listed, remarks_on
from safehaven.grading.export.results import Person, Result, Results
from safehaven.grading.export.template import read_utf8
from safehaven.grading.outcome import printable

#: The column by which Moodle finds a student, as its own exports head it.
_HEADINGS = {"idnumber": "ID number", "email": "Email address", "username": "Username"}

#: The most points that Moodle's import takes, where nothing else is set.
_MOST = 100


class MoodleExporter(Exporter):
    """Writes a table that Moodle's grade import takes: student, grade, feedback.

    One file holds one assignment. For several, `--to` names a folder, and each has its file.
    """

    key = Enum(
        list(_HEADINGS),
        default_value="idnumber",
        help="How Moodle finds a student: 'idnumber' and 'username' are the id in the gradebook, "
        "'email' is the address in the gradebook.",
    ).tag(config=True)

    roster = Unicode(
        "",
        help="A CSV file exported from Moodle. Who is not in it is left out and named.",
    ).tag(config=True)

    missing_as_zero = Bool(
        False, help="Give 0 points to who handed nothing in, instead of leaving them out."
    ).tag(config=True)

    def write(self, gradebook: Gradebook) -> list[str]:
        """Write a file for each assignment, and return who is not in it and why.

        Raises:
            CourseError: an assignment, a student or the roster cannot be used.
        """
        found = self.results(gradebook)
        known = self._known() if self.roster else None
        remarks = []
        for results in found:
            file = self._file(results, alone=len(found) == 1)
            remarks += self._write(results, known, file)
            self.log.info("Grades of %s for Moodle: %s", results.assignment, file)
        return remarks

    def _file(self, results: Results, *, alone: bool) -> Path:
        name = f"moodle-{results.assignment}.csv"
        if not alone:
            return Path(self.to or ".") / name
        target = self.destination(name)
        return target / name if target.is_dir() else target

    def _write(self, results: Results, known: frozenset[str] | None, file: Path) -> list[str]:
        remarks = remarks_on(results)
        rows: list[list[Cell]] = []
        left_out: dict[str, list[str]] = {}
        for result in results.results:
            points = self._points(result)
            if points is None:
                continue
            key = self._key(result.person)
            wrong = _obstacle(key, known, _HEADINGS[self.key])
            if wrong:
                left_out.setdefault(wrong, []).append(result.person.id)
            else:
                rows.append([key, points, feedback_text(result)])
        name = results.assignment
        if any(isinstance(row[1], float) and row[1] > _MOST for row in rows):
            remarks.append(
                f"{printable(name)}: Moodle refuses a file with more than {_MOST} points for "
                "anybody, unless its administrator has set 'unlimitedgrades' and 'gradepointmax'."
            )
        head = (_HEADINGS[self.key], name, f"{name} (Feedback)")
        write_text(file, self.mark + table_text(head, rows))
        return remarks + [
            f"{printable(name)}: {why}: {listed(who)}." for why, who in left_out.items()
        ]

    def _points(self, result: Result) -> float | None:
        if result.state == "missing" and self.missing_as_zero:
            return 0.0
        return result.points

    def _key(self, person: Person) -> str:
        return person.email if self.key == "email" else person.id

    def _known(self) -> frozenset[str]:
        """Whom Moodle knows, by the key."""
        file, heading = Path(self.roster), _HEADINGS[self.key]
        rows = csv.DictReader(io.StringIO(read_utf8(file).removeprefix("\ufeff"), newline=""))
        if heading not in (rows.fieldnames or ()):
            raise CourseError(
                f"This file has no column '{heading}'.",
                file=file,
                line=1,
                remedy="Export the grades of the course from Moodle as plain text, with commas, "
                f"or choose another key: {', '.join(_HEADINGS)}.",
            )
        return frozenset(row[heading] for row in rows if row[heading])


def _obstacle(key: str, known: frozenset[str] | None, heading: str) -> str:
    """Why Moodle would not find a student; empty where it would."""
    if not key:
        return f"left out, because the gradebook has no {heading.lower()} for them"
    if harmless(key) != key:
        return (
            f"left out, because a spreadsheet would run their {heading.lower()} as a formula; "
            "enter their points by hand"
        )
    if known is not None and key not in known:
        return "left out, because Moodle's list does not hold them"
    return ""


def feedback_text(result: Result) -> str:
    """What a student reads beside the grade: the sum, the points task by task, the comments."""
    if result.state == "missing":
        return "Nothing was handed in."
    return " ".join(_sentences(result))


def _sentences(result: Result) -> Iterator[str]:
    yield f"{number(result.points_so_far)} of {number(result.maximum)} points."
    if result.penalty:
        yield f"{number(result.penalty)} points were taken off because it was late."
    several = len({mark.task.notebook for mark in result.marks}) > 1
    names = [
        f"{mark.task.notebook}/{mark.task.name}" if several else mark.task.name
        for mark in result.marks
    ]
    given = [
        f"{name} {number(mark.points or 0.0)}/{number(mark.task.maximum)}"
        for name, mark in zip(names, result.marks, strict=True)
    ]
    if given:
        yield f"Task by task: {', '.join(given)}."
    for name, mark in zip(names, result.marks, strict=True):
        if mark.comment:
            yield f"On {name}: {' '.join(mark.comment.split())}"
