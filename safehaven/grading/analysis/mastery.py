"""What a class, and each student, can do: marks put together by objective."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import fsum

from safehaven.grading.analysis.intervals import Estimate, wilson
from safehaven.grading.analysis.material import Material
from safehaven.grading.analysis.model import Assignment, Item, Names
from safehaven.grading.analysis.results import ObjectiveResult, Standing, StudentResult
from safehaven.grading.analysis.totals import settled

#: From this share of the points on, an objective counts as mastered, where nothing else is said.
CUT = 0.6
#: Sums of points are compared with this much leeway.
_TOLERANCE = 1e-9


#: The items of a test that count, and the points for them of each student who is analysed.
Marks = tuple[Sequence[Item], Mapping[str, Sequence[float | None]]]


def marks_of(test: Assignment) -> Marks:
    """The marks that say something on what students can do.

    Items that still wait for marks, and work that was not handed in or could not be graded, do
    not count.
    """
    places = settled(test)
    points = {s.student: [s.points[place] for place in places] for s in test.analysed}
    return [test.items[place] for place in places], points


def standings(
    student: str, marks: Sequence[Marks], objectives: Sequence[str], cut: float
) -> tuple[Standing, ...]:
    """What a student made of each objective that has marks, the best share first."""
    found: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for items, points_of in marks:
        for item, points in zip(items, points_of.get(student, ()), strict=False):
            if item.objective and points is not None:
                found[item.objective].append((points, item.maximum))
    return _ordered(found, objectives, cut)


def _ordered(
    found: Mapping[str, Sequence[tuple[float, float]]], objectives: Sequence[str], cut: float
) -> tuple[Standing, ...]:
    places = {objective: place for place, objective in enumerate(objectives)}
    made = [
        Standing(
            objective=objective,
            got=fsum(points for points, _ in marks),
            possible=fsum(most for _, most in marks),
            items=len(marks),
            is_mastered=_reached(marks, cut),
        )
        for objective, marks in found.items()
    ]
    return tuple(sorted(made, key=lambda s: (-s.share, places.get(s.objective, len(places)))))


def _reached(marks: Sequence[tuple[float, float]], cut: float) -> bool:
    got, possible = fsum(points for points, _ in marks), fsum(most for _, most in marks)
    return got >= cut * possible - _TOLERANCE


def objectives_of(marks: Sequence[Marks], material: Material) -> list[str]:
    """The objectives that the items test, in the order of the lessons, then by id."""
    tested = {item.objective for items, _ in marks for item in items if item.objective}
    in_order = [objective for objective in material.aims if objective in tested]
    return [*in_order, *sorted(tested.difference(in_order))]


def by_objective(
    objective: str,
    marks: Sequence[Marks],
    of_students: Sequence[Sequence[Standing]],
    material: Material,
) -> ObjectiveResult:
    """How many students of a class have mastered an objective."""
    there = [s for found in of_students for s in found if s.objective == objective]
    count = sum(standing.is_mastered for standing in there)
    aim = material.aims.get(objective)
    n = len(there)
    return ObjectiveResult(
        id=objective,
        text=aim.text if aim else "",
        place=aim.place if aim else "",
        items=sum(item.objective == objective for items, _ in marks for item in items),
        mastered=Estimate(count / n, *wilson(count / n, n), n) if n else None,
        count=count,
        level=fsum(standing.share for standing in there) / n if n else None,
    )


def student_result(
    student: str,
    tests: Sequence[Assignment],
    found: tuple[Standing, ...],
    material: Material,
    names: Names,
) -> StudentResult:
    """What a student can do, and what to reread."""
    sittings = {
        test.name: (test, test.by_student[student]) for test in tests if student in test.by_student
    }
    points: dict[str, float | None] = {}
    possible: dict[str, float] = {}
    for name, (test, sitting) in sittings.items():
        pairs = [
            (got, item.maximum)
            for item, got in zip(test.items, sitting.points, strict=False)
            if got is not None
        ]
        is_counted = sitting.fate == "graded"
        points[name] = fsum(got for got, _ in pairs) if is_counted else None
        possible[name] = fsum(most for _, most in pairs) if is_counted else 0.0
    weakest = [standing.objective for standing in reversed(found) if not standing.is_mastered]
    return StudentResult(
        student=student,
        name=names.of(student),
        fates={name: sitting.fate for name, (_, sitting) in sittings.items()},
        points=points,
        possible=possible,
        standings=found,
        reread=tuple(_places(weakest, material)),
    )


def _places(objectives: Sequence[str], material: Material) -> Iterator[str]:
    """What teaches these objectives, a line for each lesson."""
    lessons: dict[str, list[str]] = {}
    for aim in (material.aims[o] for o in objectives if o in material.aims):
        sections = lessons.setdefault(aim.heading, [])
        if aim.quoted not in sections:
            sections.append(aim.quoted)
    for heading, sections in lessons.items():
        yield f"{heading}: {', '.join(sections)}"
