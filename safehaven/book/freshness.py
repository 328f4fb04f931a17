"""How long a fact of each kind keeps before it has to be checked again: `book/data/freshness.yaml`.

The file says what kinds of facts there are, how many months each may stand unchecked and why, and
of which kind the tables, the lessons and the questions are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from safehaven.book.days import months_later
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.located import load

NAME = "freshness.yaml"
REMEDY = "The head of the file says what may stand there."
Words = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A part of the file; an unknown field is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(Strict):
    """Facts that age alike."""

    months: int = Field(gt=0, le=1200, description="How long a check may lie back.")
    why: Words


class Rule(Strict):
    """Which rows of a table are of a kind; a rule without a condition takes all that are left."""

    kind: Words
    column: str | None = None
    any_of: list[str] | None = Field(default=None, description="What the column holds.")
    empty: bool | None = Field(default=None, description="Whether the column is empty.")
    last_months: int | None = Field(
        default=None, gt=0, description="The column is a day in these months before the check."
    )
    dated: str | None = Field(default=None, description="As in Package, for these rows alone.")

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        given = [c for c in (self.any_of, self.empty, self.last_months) if c is not None]
        if len(given) != (self.column is not None):
            raise ValueError("a rule has a column with any_of, empty or last_months, or neither")
        return self

    def takes(self, row: dict[str, str], checked: date) -> bool:
        """Whether a row that was checked on a day is of this kind."""
        if self.column is None:
            return True
        value = row[self.column]
        if self.any_of is not None:
            return value in self.any_of
        if self.empty is not None:
            return (not value) == self.empty
        assert self.last_months is not None
        # A day, a month or a year: what is written is compared, so a bare year is its beginning.
        return value >= months_later(checked, -self.last_months).isoformat()


class Table(Strict):
    """A table whose rows are checked one by one."""

    label: list[str] = Field(min_length=1, description="Columns by which a person knows a row.")
    rules: list[Rule] = Field(min_length=1)

    @model_validator(mode="after")
    def _last_takes_all(self) -> Self:
        if self.rules[-1].column is not None:
            raise ValueError("the last rule has no column, so that every row has a kind")
        return self


def _whole_or_rows(package: Package) -> Package:
    if not (package.invented or package.whole or package.tables):
        raise ValueError("say one of: invented, whole, tables")
    if package.invented and (package.whole or package.tables or package.dated):
        raise ValueError("what is invented does not age, so it has nothing else")
    return package


class Package(Strict):
    """A data package: invented, or checked as a whole, or row by row, or both.

    `dated` holds the words of PROVENANCE.md after which the day of the check stands. Without it
    the day is the one on which the package was made, `created` in datapackage.json.
    """

    invented: bool = False
    dated: str | None = None
    whole: str | None = Field(default=None, description="Kind of the package as one thing.")
    tables: dict[str, Table] = Field(default_factory=dict)


class Questions(Strict):
    """The kinds of the questions of the bank."""

    undated: Words = Field(description="Kind of those without as_of; the day is their lesson's.")
    dated: Words = Field(description="Kind of those with as_of that nothing below names.")
    works: dict[str, str] = Field(description="Kind of dated ones that cite a work, by its key.")
    ids: dict[str, str] = Field(description="Kind of single questions, by their ids.")


class Lessons(Strict):
    """The kinds of the lessons: that of the fact in them that ages fastest."""

    others: Words
    numbers: dict[int, str]


class Freshness(Strict):
    """The whole file."""

    kinds: dict[str, Kind]
    lessons: Lessons
    questions: Questions
    packages: dict[str, Annotated[Package, AfterValidator(_whole_or_rows)]]

    @model_validator(mode="after")
    def _kinds_are_there(self) -> Self:
        unknown = sorted(set(self._named()) - self.kinds.keys())
        if unknown:
            raise ValueError(f"there is no kind {unknown[0]!r}")
        return self

    def _named(self) -> Iterator[str]:
        """Every kind that anything is said to be of."""
        yield from (self.lessons.others, *self.lessons.numbers.values())
        questions = self.questions
        yield from (questions.undated, questions.dated)
        yield from (*questions.works.values(), *questions.ids.values())
        for package in self.packages.values():
            yield from (package.whole,) if package.whole else ()
            yield from (r.kind for table in package.tables.values() for r in table.rules)


def read_freshness(folders: CourseFolders) -> Freshness:
    """Read the file, and compare it with the data packages that are there.

    Raises:
        CourseError: it is missing, is no YAML, or names other packages than there are.
        CourseErrors: a part of it has another form.
    """
    file = folders.data / NAME
    if not file.is_file():
        remedy = "Take it from the course as it was published, and adapt it."
        raise CourseError("How long a fact keeps is stated nowhere.", file=file, remedy=remedy)
    document = load(file.read_text(encoding="utf-8"), file)
    freshness = document.validate(Freshness, (), REMEDY)
    there = {descriptor.parent.name for descriptor in folders.data.glob("*/datapackage.json")}
    if missing := sorted(there - freshness.packages.keys()):
        message = f"The data package {missing[0]!r} has no kind."
        raise document.error(message, ("packages",), remedy="Add it below 'packages'.")
    if gone := sorted(freshness.packages.keys() - there):
        message = f"There is no data package {gone[0]!r}."
        raise document.error(message, ("packages", gone[0]), remedy="Remove it, or mend its name.")
    return freshness
