"""What was handed in for one assignment, as the statistics need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from safehaven.grading.analysis.quiz import QuizQuestion

#: What became of a student's work: only what was graded is analysed.
Fate = Literal["graded", "missing", "ungradable", "tampered"]
FATES: dict[Fate, str] = {
    "graded": "graded",
    "missing": "not handed in",
    "ungradable": "could not be graded",
    "tampered": "signs of tampering",
}


@dataclass(frozen=True)
class Item:
    """What is answered as one thing: a question of a quiz, or a task with its checks.

    Attributes:
        notebook: the notebook's name in the gradebook.
        name: the name of the question (`L07-g01`) or of the answer's cell (`task-1`).
        cells: the grade_ids of the cells that give its points.
        maximum: the most points.
        by_hand: whether a person gives the points.
        objective: the id of what it tests; empty where that is not known.
        question: the question, where the course's question bank made it.
    """

    notebook: str
    name: str
    cells: tuple[str, ...]
    maximum: float
    by_hand: bool = False
    objective: str = ""
    question: QuizQuestion | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What names the item within an assignment."""
        return self.notebook, self.name


@dataclass(frozen=True)
class Sitting:
    """One student's work on one assignment.

    Attributes:
        student: the student's id.
        fate: what became of it.
        points: for each item the points, without extra credit; None where marks are missing.
        handed_in: when, in UTC; None where that is not known.
        late: seconds after the student's own due date; None where there is none.
    """

    student: str
    fate: Fate
    points: tuple[float | None, ...] = ()
    handed_in: datetime | None = None
    late: float | None = None


@dataclass(frozen=True)
class Assignment:
    """One assignment with its items and what each student made of them.

    Attributes:
        name: the assignment's name.
        items: in the order of the notebooks.
        sittings: one for each student who is in the gradebook, by id.
        due: the due date in UTC; None where there is none.
    """

    name: str
    items: tuple[Item, ...]
    sittings: tuple[Sitting, ...]
    due: datetime | None = None

    @cached_property
    def by_student(self) -> dict[str, Sitting]:
        """The work of each student."""
        return {sitting.student: sitting for sitting in self.sittings}

    @cached_property
    def analysed(self) -> list[Sitting]:
        """The work that the statistics rest on."""
        return [sitting for sitting in self.sittings if sitting.fate == "graded"]

    def count(self, fate: Fate) -> int:
        """How many students had this fate."""
        return sum(sitting.fate == fate for sitting in self.sittings)


def with_objectives(test: Assignment, objectives: Mapping[str, str]) -> Assignment:
    """The test, with what each question of the bank tests, by the question's id in the bank."""
    items = (
        replace(item, objective=objectives.get(item.question.bank_id, ""))
        if item.question
        else item
        for item in test.items
    )
    return replace(test, items=tuple(items))


@dataclass(frozen=True)
class Names:
    """What the gradebook calls the students, by their ids."""

    shown: Mapping[str, str] = field(default_factory=dict)

    def of(self, student: str) -> str:
        """The name; empty where the gradebook has none."""
        return self.shown.get(student, "")


def known(values: Sequence[float | None]) -> list[float]:
    """Those that are there."""
    return [value for value in values if value is not None]
