"""Grades for Canvas: points filled into the CSV file that Canvas exported.

The columns are those that Canvas itself writes and reads
(https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_exporter.rb and
https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb): "Student" (or
"LastName" and "FirstName"), "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account",
"Section", then one column for each assignment, headed by its title and its id in parentheses. Below
the head may stand a row with "Manual Posting", then one with "Points Possible" in its first cell.
Cells are divided by commas or, in some languages, by semicolons. "EX" is an excused student, "N/A"
one to whom the work was not assigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from traitlets import Bool, Dict, List, Unicode

from safehaven.errors import CourseError
from safehaven.grading.export.cells import number, write_text
from safehaven.grading.export.plugin import Exporter, listed, remarks_on
from safehaven.grading.export.results import Person, Result, Results, people
from safehaven.grading.export.template import Field, Template
from safehaven.grading.outcome import printable

_POINTS = "Points Possible"
_READ_ONLY = "read only"
_KEYS = ("SIS User ID", "SIS Login ID", "Integration ID")
_TITLE = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
_POSTING = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_TOLERANCE = 1e-6


class CanvasExporter(Exporter):
    """Fills points into a CSV file exported from Canvas; changes no other byte of it.

    A cell stays as it is where there are no points that stand: work that is missing, ungradable,
    not graded or waiting for a person is named in the log instead.
    """

    template = Unicode(
        "", help="The CSV file exported from Canvas (Grades, Export, Export Entire Gradebook)."
    ).tag(config=True)

    columns = Dict(
        {},
        help="For an assignment with another name in Canvas: its title or its id there. "
        "Example: {'ex07-two-lists': '4711'}",
    ).tag(config=True)

    match = List(
        list(_KEYS),
        help="The columns that may hold the gradebook's id of a student. With 'ID', Canvas's own "
        "number counts. The address in the gradebook is compared with the SIS Login ID, the "
        "lms_user_id with the ID, in any case.",
    ).tag(config=True)

    missing_as_zero = Bool(
        False, help="Give 0 points to who handed nothing in, instead of leaving the cell as it is."
    ).tag(config=True)

    def write(self, gradebook: Gradebook) -> list[str]:
        """Fill in the file, and return what was not filled in and why.

        Raises:
            CourseError: the file, an assignment or a student cannot be used.
        """
        if not self.template:
            raise CourseError(
                "No file exported from Canvas was named.",
                file=Path(),
                remedy="Name it: --CanvasExporter.template=canvas.csv",
            )
        source = Path(self.template)
        target = self.destination(f"{source.stem}-filled.csv")
        if target.resolve() == source.resolve():
            raise CourseError(
                "The file from Canvas would be overwritten.",
                file=target,
                remedy="Name another file with --to.",
            )
        found = self.results(gradebook)
        sheet = _Sheet(Template(source))
        columns = self._columns(sheet, found)
        places, remarks = _match(sheet, people(gradebook), frozenset(self.match), _wanted(found))
        for results in found:
            if results.assignment in columns:
                remarks += self._fill(sheet, columns[results.assignment], results, places)
        write_text(target, sheet.template.text())
        self.log.info("Grades for Canvas: %s", target)
        return remarks

    def _columns(self, sheet: _Sheet, found: Iterable[Results]) -> dict[str, int]:
        """The column of each assignment.

        Without a choice of assignments, one that Canvas does not have is passed over.
        """
        columns: dict[str, int] = {}
        for results in found:
            name = results.assignment
            wanted = str(self.columns.get(name, name))
            fitting = sheet.columns_of(wanted)
            if len(fitting) == 1:
                columns[name] = fitting[0]
            elif fitting or self.assignment or name in self.columns:
                raise sheet.no_column(wanted, len(fitting))
        if not columns:
            raise sheet.no_column("of any assignment of the gradebook", 0)
        twice = {at for at in columns.values() if list(columns.values()).count(at) > 1}
        if twice:
            raise CourseError(
                "Two assignments would be written into one column: "
                f"{listed(name for name, at in columns.items() if at in twice)}.",
                file=sheet.template.file,
                line=1,
                remedy="Mend --CanvasExporter.columns.",
            )
        return columns

    def _fill(
        self, sheet: _Sheet, column: int, results: Results, places: Mapping[str, list[Field]]
    ) -> list[str]:
        name = printable(results.assignment)
        remarks = remarks_on(results)
        possible = sheet.possible(column)
        if possible is not None and abs(possible - results.maximum) > _TOLERANCE:
            remarks.append(
                f"{name}: Canvas says that it gives {number(possible)} points, the gradebook says "
                f"{number(results.maximum)}. The points were filled in as they are."
            )
        kept: dict[str, list[str]] = {}
        filled = 0
        for result in results.results:
            points = self._points(result)
            row = places.get(result.person.id)
            if points is None or row is None:
                continue
            cell = sheet.cell(row, column)
            if cell.text.strip().upper() in ("EX", "N/A"):
                kept.setdefault(cell.text.strip(), []).append(result.person.id)
            else:
                sheet.template.change(cell, number(points))
                filled += 1
        self.log.info("%s: filled in for %d of %d students", name, filled, len(results.results))
        return remarks + [
            f"{name}: the cell says {word} and was left so: {listed(who)}."
            for word, who in kept.items()
        ]

    def _points(self, result: Result) -> float | None:
        if result.state == "missing" and self.missing_as_zero:
            return 0.0
        return result.points


@dataclass(frozen=True)
class _Sheet:
    """The file, with the meaning that Canvas gives to its cells."""

    template: Template

    def __post_init__(self) -> None:
        if "ID" not in self.head or "Section" not in self.head:
            raise CourseError(
                "This is no file exported from Canvas: its first line has no 'ID' and 'Section'.",
                file=self.template.file,
                line=1,
                remedy="In Canvas, choose Grades, Export, Export Entire Gradebook.",
            )

    @property
    def head(self) -> list[str]:
        return [field.text for field in self.template.rows[0]] if self.template.rows else []

    @property
    def first_assignment(self) -> int:
        return self.head.index("Section") + 1

    def columns_of(self, wanted: str) -> list[int]:
        """The columns whose title or id is the one wanted; the exact title before others.

        A column of one's own, or a sum that Canvas makes, has no id behind its title.
        """
        titles = [
            (at, text)
            for at, text in list(enumerate(self.head))[self.first_assignment :]
            if _READ_ONLY not in self._possible_text(at)
        ]
        parts = [(at, *_title_and_id(text)) for at, text in titles]
        by_id = [at for at, _, key in parts if wanted and key == wanted]
        exact = [at for at, title, key in parts if title == wanted and key]
        loose = [at for at, title, key in parts if _folded(title) == _folded(wanted) and key]
        whole = [at for at, text in titles if text == wanted]
        return exact or by_id or whole or loose

    def no_column(self, wanted: str, fitting: int) -> CourseError:
        """What to say where no column, or more than one, is the right one."""
        found = [text for text in self.head[self.first_assignment :] if _title_and_id(text)[1]]
        many = f"{fitting} columns fit '{wanted}'" if fitting else f"No column is '{wanted}'"
        return CourseError(
            f"{many}. The assignments in it are: {listed(found) or 'none'}.",
            file=self.template.file,
            line=1,
            remedy="Say which by its id in Canvas, the number in parentheses: "
            '--CanvasExporter.columns=\'{"ex07-two-lists": "4711"}\'',
        )

    def students(self) -> Iterator[list[Field]]:
        for row in self.template.rows[1:]:
            is_posting = all(_POSTING.fullmatch(field.text) for field in row)
            if _POINTS not in row[0].text and not is_posting:
                yield row

    def cell(self, row: list[Field], column: int) -> Field:
        if column < len(row):
            return row[column]
        raise CourseError(
            f"This line has {len(row)} cells; {column + 1} are needed.",
            file=self.template.file,
            line=row[0].line,
            remedy="Use the file as Canvas exported it.",
        )

    def possible(self, column: int) -> float | None:
        """The points that Canvas thinks an assignment gives."""
        try:
            return float(self._possible_text(column).replace(",", "."))
        except ValueError:
            return None

    def _possible_text(self, column: int) -> str:
        for row in self.template.rows[1:4]:
            if _POINTS in row[0].text and column < len(row):
                return row[column].text
        return ""


def _title_and_id(text: str) -> tuple[str, str]:
    found = _TITLE.fullmatch(text)
    return (found["title"], found["id"]) if found else (text, "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _wanted(found: Iterable[Results]) -> list[str]:
    """The ids of all whose points are exported."""
    return sorted({result.person.id for each in found for result in each.results})


def _match(
    sheet: _Sheet, everybody: Mapping[str, Person], keys: frozenset[str], wanted: Iterable[str]
) -> tuple[dict[str, list[Field]], list[str]]:
    """The row of each student, and in sentences whom Canvas or the gradebook does not know.

    Nobody is matched by a name, and where two columns, or two rows, disagree, nobody is matched.
    """
    index: dict[tuple[str, str], set[str]] = {}
    for person in everybody.values():
        for key in _keys_of(person, keys):
            index.setdefault(key, set()).add(person.id)
    rows: dict[str, list[list[Field]]] = {}
    strangers, unclear = [], []
    for row in sheet.students():
        said = dict(zip(sheet.head, (field.text for field in row), strict=False))
        fitting = {who for key in _keys_in(said) for who in index.get(key, ())}
        label = f"line {row[0].line} (ID {said.get('ID') or 'none'})"
        if len(fitting) == 1:
            rows.setdefault(fitting.pop(), []).append(row)
        elif fitting:
            unclear.append(f"{label} fits {listed(sorted(fitting))}")
        else:
            strangers.append(label)
    doubled = {who for who, own in rows.items() if len(own) > 1}
    lost = [who for who in wanted if who not in rows]
    remarks = [
        (strangers, "Left as they are, because the gradebook knows no such student"),
        (unclear, "Left as they are, because more than one student fits"),
        (sorted(doubled), "Not filled in, because more than one line of the file fits them"),
        (lost, "Not filled in, because no line of the file holds their id"),
    ]
    return (
        {who: own[0] for who, own in rows.items() if who not in doubled},
        [f"{words}: {listed(who)}." for who, words in remarks if who],
    )


def _keys_of(person: Person, keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The column and the text by which a student may be found."""
    yield from ((column, person.id) for column in keys)
    if person.email:
        yield "SIS Login ID", person.email.casefold()
    if person.lms_id:
        yield "ID", person.lms_id


def _keys_in(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in ("ID", *_KEYS):
        text = said.get(column, "").strip()
        if text:
            yield column, text
            if column == "SIS Login ID":
                yield column, text.casefold()
