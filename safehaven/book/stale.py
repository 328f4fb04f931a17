"""Finds the facts that were checked longer ago than their kind allows (see `freshness`)."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from safehaven.bank import load_bank
from safehaven.book.days import WRITTEN_DAY, from_words, in_words, months_later, read_day
from safehaven.book.freshness import NAME, Freshness, Package, Table, read_freshness
from safehaven.errors import CourseError, raise_all
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson, lesson_files, read_lesson

#: The column of a table that dates single rows.
CHECKED = "checked"
#: Names of the columns of a list of facts that are due.
HEAD = ("file", "line", "what", "kind", "checked", "allowed", "days over")


@dataclass(frozen=True)
class Fact:
    """Something in the course that was checked on a day.

    Attributes:
        file: where it stands.
        line: its line there, from 1.
        what: words by which a person knows it.
        kind: name of its kind in freshness.yaml.
        checked: the day of the last check.
        months: how long that check may lie back.
    """

    file: Path
    line: int
    what: str
    kind: str
    checked: date
    months: int

    def days_over(self, on: date) -> int:
        """Days since the check ran out; zero or less where it still holds."""
        return (on - months_later(self.checked, self.months)).days


@dataclass(frozen=True)
class Checkup:
    """What is due on a day, the longest overdue first.

    Attributes:
        on: the day.
        stale: what has to be checked again.
        total: how many facts were looked at.
        root: the folder of the course, from which files are shown.
    """

    on: date
    stale: tuple[Fact, ...]
    total: int
    root: Path

    @property
    def rows(self) -> list[tuple[str, int, str, str, str, str, int]]:
        """A row below HEAD for each fact that is due."""
        return [
            (
                fact.file.relative_to(self.root).as_posix(),
                fact.line,
                fact.what,
                fact.kind,
                fact.checked.isoformat(),
                f"{fact.months} months",
                fact.days_over(self.on),
            )
            for fact in self.stale
        ]

    @property
    def summary(self) -> str:
        """The number of facts that are due, in one sentence."""
        return f"{len(self.stale)} of {self.total} facts are to be checked on {in_words(self.on)}."


def check_facts(folders: CourseFolders, on: date, kinds: Collection[str] = ()) -> Checkup:
    """Find what was checked too long before a day.

    Args:
        folders: the course.
        on: the day; one that is still to come shows what will be due then.
        kinds: look at these kinds alone; all, where none is named.

    Raises:
        CourseError: freshness.yaml or a table cannot be used, or there is no such kind.
        CourseErrors: the same, for several places at once; lessons and questions too.
    """
    freshness = read_freshness(folders)
    if unknown := sorted(set(kinds) - freshness.kinds.keys()):
        remedy = f"Name one of: {', '.join(freshness.kinds)}."
        message = f"There is no kind {unknown[0]!r}."
        raise CourseError(message, file=folders.data / NAME, remedy=remedy)
    facts = [f for f in all_facts(folders, freshness) if not kinds or f.kind in kinds]
    stale = [fact for fact in facts if fact.days_over(on) > 0]
    stale.sort(key=lambda fact: (-fact.days_over(on), fact.file, fact.line))
    return Checkup(on, tuple(stale), len(facts), folders.root)


def all_facts(folders: CourseFolders, freshness: Freshness) -> list[Fact]:
    """Every lesson, question, data package and row that is dated.

    Raises:
        CourseError: a table cannot be used.
        CourseErrors: lessons or questions cannot be read.
    """
    read = [read_lesson(file) for file in lesson_files(folders.book)]
    raise_all(error for _, errors in read for error in errors)
    lessons = [lesson for lesson, _ in read if lesson]
    _is_there("lesson", freshness.lessons.numbers, {lesson.number for lesson in lessons}, folders)
    found = [*_of_lessons(lessons, freshness), *_of_questions(folders, lessons, freshness)]
    for name, package in freshness.packages.items():
        if not package.invented:
            found += _of_package(folders.data / name, package, freshness)
    return found


def _is_there(
    what: str, named: Iterable[int | str], there: Collection[int | str], folders: CourseFolders
) -> None:
    """Raise a CourseError where freshness.yaml names a lesson or a question that is not there."""
    for name in named:
        if name not in there:
            file = folders.data / NAME
            line = _line_of(file, f"{name}:")
            message, remedy = f"There is no {what} {name}.", "Remove it, or mend its name."
            raise CourseError(message, file=file, line=line, remedy=remedy)


def _of_lessons(lessons: Iterable[Lesson], freshness: Freshness) -> Iterator[Fact]:
    for lesson in lessons:
        kind = freshness.lessons.numbers.get(lesson.number, freshness.lessons.others)
        what = f"Lesson {lesson.number}, {lesson.head.title}"
        line = _line_of(lesson.file, "as_of:")
        yield Fact(lesson.file, line, what, kind, lesson.head.as_of, freshness.kinds[kind].months)


def _of_questions(
    folders: CourseFolders, lessons: Iterable[Lesson], freshness: Freshness
) -> Iterator[Fact]:
    rules = freshness.questions
    checked = {lesson.number: lesson.head.as_of for lesson in lessons}
    bank = load_bank(folders)
    _is_there("question", rules.ids, bank.by_id, folders)
    for entry in bank.located:
        question = entry.question
        day = question.as_of or checked.get(question.lesson)
        if day is None:  # a question of no lesson, which the check of the bank reports
            continue
        kind = rules.dated if question.as_of else rules.undated
        if question.as_of:
            cited = (rules.works.get(source.key) for source in question.source)
            kind = next((named for named in cited if named), kind)
        kind = rules.ids.get(question.id, kind)
        what = f"{question.id} {question.stem}"
        yield Fact(entry.file, entry.line, what, kind, day, freshness.kinds[kind].months)


@dataclass(frozen=True)
class _Stated:
    """A day of a check, and where it is stated."""

    day: date
    file: Path
    line: int


def _of_package(folder: Path, package: Package, freshness: Freshness) -> Iterator[Fact]:
    if package.whole:
        stated = _stated(folder, package.dated)
        title = _description(folder)["title"]
        months = freshness.kinds[package.whole].months
        yield Fact(stated.file, stated.line, title, package.whole, stated.day, months)
    for name, table in package.tables.items():
        days = {
            rule.dated: _stated(folder, rule.dated or package.dated).day for rule in table.rules
        }
        for line, row in _rows(folder / name, _columns(table)):
            rule = next(rule for rule in table.rules if rule.takes(row, days[rule.dated]))
            own = row.get(CHECKED)
            day = _own_day(own, folder / name, line) if own else days[rule.dated]
            what = ", ".join(row[column] for column in table.label if row[column])
            months = freshness.kinds[rule.kind].months
            yield Fact(folder / name, line, what, rule.kind, day, months)


def _description(folder: Path) -> dict[str, str]:
    file = folder / "datapackage.json"
    remedy = "See the description of another package of the course."
    try:
        description: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        message = f"This is not valid JSON: {error.msg}."
        raise CourseError(message, file=file, line=error.lineno, remedy=remedy) from error
    if missing := [name for name in ("title", "created") if name not in description]:
        raise CourseError(f"The field {missing[0]!r} is missing.", file=file, line=1, remedy=remedy)
    return description


def _stated(folder: Path, words: str | None) -> _Stated:
    """The day that stands after some words of PROVENANCE.md, or else that of the package."""
    if words is None:
        file = folder / "datapackage.json"
        day = read_day(_description(folder)["created"][:10], file)
        return _Stated(day, file, _line_of(file, '"created"'))
    file = folder / "PROVENANCE.md"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    match = re.search(rf"{re.escape(words)}\s+\**({WRITTEN_DAY})", text)
    if match is None:
        message = f"No day stands after the words {words!r}."
        remedy = f"Write '{words} 7 April 2026', or mend 'dated' in book/data/{NAME}."
        raise CourseError(message, file=file, remedy=remedy)
    line = text.count("\n", 0, match.start(1)) + 1
    try:
        return _Stated(from_words(match[1]), file, line)
    except ValueError as error:
        message, remedy = f"{match[1]!r} is no day.", "Write a day of the calendar."
        raise CourseError(message, file=file, line=line, remedy=remedy) from error


def _own_day(cell: str, file: Path, line: int) -> date:
    try:
        return read_day(cell, file)
    except CourseError as error:
        raise CourseError(error.message, file=file, line=line, remedy=error.remedy) from error


def _columns(table: Table) -> list[str]:
    return [*table.label, *(rule.column for rule in table.rules if rule.column)]


def _rows(file: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with the line on which each begins.

    Raises:
        CourseError: there is no such table, or it lacks one of the columns.
    """
    remedy = f"Mend the table, or its entry in book/data/{NAME}."
    if not file.is_file():
        raise CourseError("There is no such table.", file=file, remedy=remedy)
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, restval="")
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            message = f"The table has no column {missing[0]!r}."
            raise CourseError(message, file=file, line=1, remedy=remedy)
        above = reader.line_num
        for row in reader:
            yield above + 1, row
            above = reader.line_num


def _line_of(file: Path, words: str) -> int:
    """The first line of a file that holds words which stand in it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if words in line)
