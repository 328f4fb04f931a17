"""The demo class on paper: who hands in what, and the score it must get.

assessments/demo-class.yaml holds it. Scores are not typed in there: they follow from the
headers of the answer variants and from the keys of the questions. Where `score` is given, it
counts instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from safehaven import located
from safehaven.assignments import answers
from safehaven.assignments.answers import Answer
from safehaven.assignments.quizzes import course_quizzes
from safehaven.assignments.source import Source, read
from safehaven.bank import Presented
from safehaven.errors import CourseError, CourseErrors, raise_all
from safehaven.folders import CourseFolders

PLAN = "demo-class.yaml"

Kind = Literal["right", "right in another way", "mistakes", "half done", "blank", "late"]

#: How long before the due date the others hand in.
_IN_TIME = timedelta(hours=6)

_TOLERANCE = 1e-3


def _in_utc(value: Any) -> Any:
    # YAML's own timestamps lose their zone in some versions of the reader; they are in UTC.
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


class Deadline(BaseModel):
    """What holds for an assignment of the demo class."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    due: AwareDatetime

    _zone = field_validator("due", mode="before")(_in_utc)


class Work(BaseModel):
    """What one student does in one assignment.

    Attributes:
        rest: how the cells are answered that `answers` does not name.
        answers: how a cell, or the question of a number, is answered.
        score: the points that nbgrader must give, where the computed ones do not hold.
        handed_in: when; six hours before the due date where nothing is said.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rest: str = "right"
    answers: dict[str, str] = Field(default_factory=dict)
    score: float | None = Field(default=None, ge=0)
    handed_in: AwareDatetime | None = None

    _zone = field_validator("handed_in", mode="before")(_in_utc)

    @model_validator(mode="before")
    @classmethod
    def _one_word(cls, value: Any) -> Any:
        return {"rest": value} if isinstance(value, str) else value

    @field_validator("answers", mode="before")
    @classmethod
    def _numbers_are_names(cls, value: Any) -> Any:
        return {str(k): v for k, v in value.items()} if isinstance(value, dict) else value


class Student(BaseModel):
    """A simulated student, who has an id and no name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^student-\d\d+$")
    kind: Kind = Field(alias="is")
    work: dict[str, Work] = Field(min_length=1)


class Plan(BaseModel):
    """The whole of demo-class.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    assignments: dict[str, Deadline] = Field(min_length=1)
    students: tuple[Student, ...] = Field(min_length=1)


class Workbook(Protocol):
    """An assignment as the demo class sees it: cells, and ways to answer each."""

    @property
    def source(self) -> Source:
        """The instructor's notebook."""

    @property
    def cells(self) -> list[str]:
        """The names of the answer cells."""

    def answer(self, cell: str, how: str) -> Answer:
        """One cell answered in one way.

        Raises:
            KeyError: there is no such way; its argument lists those that there are.
        """


class ExerciseBook:
    """An exercise: solved, left blank, or answered with one of its variants."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.variants = answers.variants(source)

    @property
    def cells(self) -> list[str]:
        """The ids of the answer cells."""
        return list(self.source.answers)

    def answer(self, cell: str, how: str) -> Answer:
        """`right`, `blank`, or the name of a variant."""
        if how == "right":
            return answers.solution(self.source, cell)
        if how == "blank":
            return answers.blank(self.source, cell)
        if (cell, how) in self.variants:
            return self.variants[cell, how]
        known = [name for of, name in self.variants if of == cell]
        raise KeyError(", ".join(["right", "blank", *known]))


class QuizBook:
    """A quiz: every question answered in one of the renderer's ways."""

    def __init__(self, source: Source, questions: Sequence[Presented]) -> None:
        self.source = source
        self.questions = {str(number): q for number, q in enumerate(questions, 1)}

    @property
    def cells(self) -> list[str]:
        """The numbers of the questions."""
        return list(self.questions)

    def answer(self, cell: str, how: str) -> Answer:
        """Any of the renderer's ways, such as `right` or `wrong`."""
        from safehaven.render import notebook

        if how not in get_args(notebook.How):
            raise KeyError(", ".join(get_args(notebook.How)))
        presented = self.questions[cell]
        way: notebook.How = how  # type: ignore[assignment]  # checked above
        names = notebook.answer_names([p.question for p in self.questions.values()])
        text = notebook.answer_source(presented, way, name=names[presented.question.id])
        test = notebook.test_cell_id(presented.question)
        points = notebook.expected_score(presented, way) * self.source.graded[test].points
        return Answer(
            notebook.answer_cell_id(presented.question), how, text, {test: round(points, 4)}
        )


@dataclass(frozen=True)
class HandIn:
    """One notebook that a simulated student hands in.

    Attributes:
        student: the student's id.
        kind: what the student is.
        assignment: the name of the assignment.
        source: its source.
        answers: what stands in the answer cells.
        score: the points that nbgrader must give without a person's help.
        as_computed: whether that is the sum of what the answers say.
        due, handed_in: when it was due and when it came.
    """

    student: str
    kind: Kind
    assignment: str
    source: Source
    answers: tuple[Answer, ...]
    score: float
    as_computed: bool
    due: datetime
    handed_in: datetime

    @property
    def points(self) -> dict[str, float | None]:
        """The points expected of each graded cell; None where a person has to give them."""
        return {cell: points for answer in self.answers for cell, points in answer.points.items()}

    @property
    def by_hand(self) -> bool:
        """Whether a person has to mark something."""
        return None in self.points.values()

    @property
    def seconds_late(self) -> float:
        """Seconds after the due date, 0 in time."""
        return max(0.0, (self.handed_in - self.due).total_seconds())

    @property
    def what(self) -> str:
        """In words: what the student is, how late, and the variants used."""
        late = [f"by {timedelta(seconds=self.seconds_late)}"] if self.seconds_late else []
        used = [f"{a.cell} {a.name}" for a in self.answers if a.file is not None]
        return f"{self.kind}: {', '.join([*late, *used])}" if late or used else self.kind


def load_plan(folders: CourseFolders, file: Path | None = None) -> list[HandIn]:
    """Read the demo class and work out what each student hands in and must get.

    Args:
        folders: the course.
        file: the plan, where it is not assessments/demo-class.yaml.

    Raises:
        CourseError, CourseErrors: the plan does not fit the assignments, with file and line.
    """
    path = file or folders.assessments / PLAN
    if not path.is_file():
        raise CourseError("The demo class does not exist.", file=path, remedy="Restore the file.")
    document = located.load(path.read_text(encoding="utf-8"), path)
    plan = document.validate(
        Plan, (), "A plan has 'assignments' with their due dates, and 'students'."
    )
    books = _workbooks(folders, plan, document)
    errors: list[CourseError] = []
    found: list[HandIn] = []
    seen: set[str] = set()
    for index, student in enumerate(plan.students):
        if student.id in seen:
            message, remedy = f"The id '{student.id}' was used before.", "Give each an own id."
            errors.append(document.error(message, ("students", index), remedy=remedy))
        seen.add(student.id)
        for name in student.work:
            place = ("students", index, "work", name)
            if name not in books:
                message = f"'{name}' is not among the assignments of the demo class."
                remedy = "Add it to 'assignments', with its due date, or correct the name."
                errors.append(document.error(message, place, remedy=remedy))
                continue
            try:
                found.append(_hand_in(student, books[name], plan, document, place))
            except CourseErrors as several:
                errors += several.errors
    raise_all([*errors, *(_unused(books, found, document) if not errors else ())])
    return found


def _workbooks(
    folders: CourseFolders, plan: Plan, document: located.LocatedYaml
) -> dict[str, Workbook]:
    quizzes = {paper.name: paper.shown for paper in course_quizzes(folders)}
    books: dict[str, Workbook] = {}
    errors: list[CourseError] = []
    for name in plan.assignments:
        try:
            source = read(folders, name)[0]
            is_quiz = name in quizzes
            books[name] = QuizBook(source, quizzes[name]) if is_quiz else ExerciseBook(source)
        except CourseErrors as several:
            errors += several.errors
        except CourseError as error:
            remedy = "Correct the name, or derive the assignment first with 'safehaven derive'."
            errors += [error, document.error(error.message, ("assignments", name), remedy=remedy)]
    raise_all(errors)
    return books


def _hand_in(
    student: Student,
    book: Workbook,
    plan: Plan,
    document: located.LocatedYaml,
    place: tuple[str | int, ...],
) -> HandIn:
    name = str(place[-1])
    work, due = student.work[name], plan.assignments[name].due
    errors = [
        document.error(
            f"'{cell}' is no answer of {name}.",
            (*place, "answers", _key(document, place, cell)),
            remedy=f"Name one of: {', '.join(book.cells)}.",
        )
        for cell in work.answers
        if cell not in book.cells
    ]
    given: list[Answer] = []
    for cell in book.cells:
        how = work.answers.get(cell, work.rest)
        try:
            given.append(book.answer(cell, how))
        except KeyError as known:
            where = ("answers", _key(document, place, cell)) if cell in work.answers else ("rest",)
            message = f"There is no way '{how}' to answer {cell} of {name}."
            remedy = f"Name one of: {known.args[0]}."
            errors.append(document.error(message, (*place, *where), remedy=remedy))
    raise_all(errors)
    computed = sum(p for a in given for p in a.points.values() if p is not None)
    return HandIn(
        student=student.id,
        kind=student.kind,
        assignment=name,
        source=book.source,
        answers=tuple(given),
        score=round(computed if work.score is None else work.score, 4),
        as_computed=work.score is None or abs(work.score - computed) < _TOLERANCE,
        due=due,
        handed_in=work.handed_in or due - _IN_TIME,
    )


def _key(document: located.LocatedYaml, place: Sequence[str | int], cell: str) -> str | int:
    """The key under which a cell stands in the YAML: questions stand under numbers there."""
    node = document.content
    for part in (*place, "answers"):
        node = node[part]
    return next((key for key in node if str(key) == cell), cell)


def _unused(
    books: Mapping[str, Workbook], found: Sequence[HandIn], document: located.LocatedYaml
) -> list[CourseError]:
    """The answer variants that nobody hands in: each is there to be tried."""
    used = {(h.assignment, a.cell, a.name) for h in found for a in h.answers}
    return [
        document.error(
            f"No student hands in {cell}/{variant} of {name}.",
            ("students",),
            remedy="Let a student answer with it, or remove the variant.",
        )
        for name, book in books.items()
        if isinstance(book, ExerciseBook)
        for cell, variant in book.variants
        if (name, cell, variant) not in used
    ]
