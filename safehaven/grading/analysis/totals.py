"""Whose points can be added up: the part of a class's marks without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from safehaven.grading.analysis.model import Assignment

#: An item with gaps for more students than this share is left out of everybody's total.
MOST_GAPS = 0.05


@dataclass(frozen=True)
class Totals:
    """Marks without gaps, to be added up and compared.

    Attributes:
        items: the places, in the test, of the items that are added up.
        students: the places, among the analysed, of those who have marks for all these items.
        columns: for each of the items, the points of each of the students.
        totals: the sum for each of the students.
    """

    items: tuple[int, ...]
    students: tuple[int, ...]
    columns: tuple[tuple[float, ...], ...]
    totals: tuple[float, ...]


def settled(test: Assignment) -> tuple[int, ...]:
    """The places of the items whose marks are there for all but a few of the analysed.

    An item marked by hand has marks for blank answers first. Until the others have theirs, what
    is known of it is no picture of the class.
    """
    rows = [sitting.points for sitting in test.analysed]
    return tuple(
        place
        for place in range(len(test.items))
        if rows and _gaps(rows, place) <= MOST_GAPS * len(rows)
    )


def totals(test: Assignment) -> Totals:
    """Leave out items that still wait for marks, then students who lack some of the others."""
    rows = [sitting.points for sitting in test.analysed]
    items = settled(test)
    students = tuple(
        number for number, row in enumerate(rows) if all(row[place] is not None for place in items)
    )
    columns = tuple(tuple(rows[number][place] or 0.0 for number in students) for place in items)
    sums = tuple(fsum(column[i] for column in columns) for i in range(len(students)))
    return Totals(items, students, columns, sums)


def _gaps(rows: Sequence[Sequence[float | None]], place: int) -> int:
    return sum(row[place] is None for row in rows)
