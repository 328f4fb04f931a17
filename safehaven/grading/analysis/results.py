"""What the analysis of a class comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from safehaven.grading.analysis.choices import Choice
from safehaven.grading.analysis.intervals import Estimate
from safehaven.grading.analysis.model import Fate, Item
from safehaven.grading.analysis.reliability import Reliability

#: How much a flag matters: look at once, look before it is used again, good to know.
Weight = Literal["urgent", "mend", "note"]


@dataclass(frozen=True)
class Flag:
    """Something that an instructor should look at.

    Attributes:
        kind: a short word in lower case with hyphens.
        weight: how much it matters.
        text: what was seen, with its figures: a plain sentence.
        advice: what to do: an imperative sentence.
    """

    kind: str
    weight: Weight
    text: str
    advice: str


@dataclass(frozen=True)
class ItemResult:
    """What a class made of one item.

    Attributes:
        item: the item.
        marked: students whose marks for it are known.
        waiting: students whose marks for it are missing.
        difficulty: the mean share of the points; None where too many marks are missing.
        item_total: the corrected item-total correlation; None where it cannot be computed.
        upper_lower: upper-lower discrimination; None where it cannot be computed.
        alpha_without: the reliability of the other items alone.
        choices: what was answered; empty where that is not known.
        flags: what should be looked at.
    """

    item: Item
    marked: int
    waiting: int
    difficulty: Estimate | None
    item_total: Estimate | None
    upper_lower: Estimate | None
    alpha_without: float | None
    choices: tuple[Choice, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Pace:
    """When work was handed in, and how long it took, as far as it is known.

    Attributes:
        handed_in: students whose time of handing in is known.
        late: of those, how many handed in late; None where there is no due date.
        hours_before: for each who was in time, hours before the due date.
        minutes: for each student whose notebook tells it, minutes of work in it.
        attempts: for each student, how often the work was handed in, where the exchange is known.
    """

    handed_in: int = 0
    late: int | None = None
    hours_before: tuple[float, ...] = ()
    minutes: Mapping[str, float] = field(default_factory=dict)
    attempts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class AssignmentResult:
    """What a class made of one assignment.

    Attributes:
        name: the assignment's name.
        fates: how many students had each fate.
        items: the results of its items, in their order.
        added_up: how many items are in the totals.
        complete: how many students have marks for all those items.
        maximum: the most points of the items in the totals.
        totals: the points of those students, by their ids.
        reliability: of the totals; None where it cannot be computed.
        pace: when it was handed in.
        flags: on the assignment as a whole.
    """

    name: str
    fates: Mapping[Fate, int]
    items: tuple[ItemResult, ...]
    added_up: int
    complete: int
    maximum: float
    totals: Mapping[str, float]
    reliability: Reliability | None
    pace: Pace
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class ObjectiveResult:
    """How many of a class have mastered an objective.

    Attributes:
        id: of the objective.
        text: what a student can do; empty where the lessons are not known.
        place: where it is taught.
        items: the number of items that test it.
        mastered: the share of students who reached the cut; None where no marks are known.
        count: how many students these are.
        level: the mean share of the points.
    """

    id: str
    text: str
    place: str
    items: int
    mastered: Estimate | None
    count: int
    level: float | None


@dataclass(frozen=True)
class Standing:
    """What one student made of one objective.

    Attributes:
        objective: its id.
        got: points.
        possible: the most points of the items with marks.
        items: how many items these are.
        is_mastered: whether the cut was reached.
    """

    objective: str
    got: float
    possible: float
    items: int
    is_mastered: bool

    @property
    def share(self) -> float:
        """The share of the points."""
        return self.got / self.possible


@dataclass(frozen=True)
class StudentResult:
    """What one student can do, and what to reread.

    Attributes:
        student: the id.
        name: as the gradebook has it; empty where it has none.
        fates: what became of the work, by assignment.
        points: points by assignment, of the items with marks; None where nothing is analysed.
        possible: the most points of those items.
        standings: by objective, those with the best share first.
        reread: for each lesson the sections that teach what was not mastered, weakest first.
    """

    student: str
    name: str
    fates: Mapping[str, Fate]
    points: Mapping[str, float | None]
    possible: Mapping[str, float]
    standings: tuple[Standing, ...]
    reread: tuple[str, ...]

    @property
    def strengths(self) -> list[Standing]:
        """What was mastered."""
        return [standing for standing in self.standings if standing.is_mastered]

    @property
    def gaps(self) -> list[Standing]:
        """What was not, weakest first."""
        return [standing for standing in self.standings[::-1] if not standing.is_mastered]


@dataclass(frozen=True)
class ClassResult:
    """The analysis of a class.

    Attributes:
        course: the course's id in nbgrader; empty where it has none.
        cut: the share of the points from which on an objective counts as mastered.
        tests: by assignment.
        objectives: in the order of the lessons.
        students: by id.
    """

    course: str
    cut: float
    tests: tuple[AssignmentResult, ...]
    objectives: tuple[ObjectiveResult, ...]
    students: tuple[StudentResult, ...]
