"""The report as CSV tables, for a spreadsheet: one row an item, an answer, an objective."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from safehaven.grading.analysis.intervals import Estimate
from safehaven.grading.analysis.results import ClassResult, ItemResult
from safehaven.grading.outcome import printable

Cell = str | float | int | None

_ESTIMATE = ("", "_low", "_high")
_ITEMS = (
    *("assignment", "notebook", "item", "kind", "objective", "points", "marked", "waiting"),
    *(f"difficulty{end}" for end in _ESTIMATE),
    *(f"item_total{end}" for end in _ESTIMATE),
    *(f"upper_lower{end}" for end in _ESTIMATE),
    *("alpha_without", "flags", "advice"),
)
_CHOICES = (
    *("assignment", "notebook", "item", "mark", "answer", "is_key", "count", "share"),
    *("upper_group", "lower_group", "correlation", "misconception"),
)
_ASSIGNMENTS = (
    *("assignment", "graded", "missing", "ungradable", "tampered", "in_totals", "items", "points"),
    *("mean", "deviation", "alpha", "alpha_low", "alpha_high", "kr20", "standard_error"),
)
_OBJECTIVES = (
    *("objective", "text", "place", "items", "students", "mastered_by"),
    *("share", "share_low", "share_high", "mean_of_points"),
)
_STUDENTS = ("student", "name", "objective", "points", "of", "items", "mastered", "reread")


def as_tables(result: ClassResult) -> dict[str, str]:
    """The text of each table, by the name of its file."""
    return {
        "assignments.csv": _text(_ASSIGNMENTS, _assignments(result)),
        "items.csv": _text(_ITEMS, _items(result)),
        "answers.csv": _text(_CHOICES, _choices(result)),
        "objectives.csv": _text(_OBJECTIVES, _objectives(result)),
        "students.csv": _text(_STUDENTS, _students(result)),
    }


def _text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: Cell) -> Cell:
    """A spreadsheet takes a text that begins so for a formula, and would run it."""
    if not isinstance(value, str):
        return value
    text = printable(" ".join(value.split()), 2_000)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "|", "%")) else text


def _estimate(estimate: Estimate | None) -> tuple[Cell, Cell, Cell]:
    return (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)


def _assignments(result: ClassResult) -> Iterator[Sequence[Cell]]:
    for test in result.tests:
        found = test.reliability
        yield (
            test.name,
            *(test.fates[fate] for fate in ("graded", "missing", "ungradable", "tampered")),
            *(test.complete, test.added_up, test.maximum),
            *((found.mean, found.deviation) if found else (None, None)),
            *_estimate(found.alpha if found else None),
            *((found.kr20, found.error) if found else (None, None)),
        )


def _items(result: ClassResult) -> Iterator[Sequence[Cell]]:
    for test in result.tests:
        for item in test.items:
            yield (test.name, *_item(item))


def _item(result: ItemResult) -> Sequence[Cell]:
    item = result.item
    return (
        *(item.notebook, item.name, item.question.kind if item.question else "task"),
        *(item.objective, item.maximum, result.marked, result.waiting),
        *_estimate(result.difficulty),
        *_estimate(result.item_total),
        *_estimate(result.upper_lower),
        result.alpha_without,
        " ".join(flag.kind for flag in result.flags),
        " ".join(f"{flag.text} {flag.advice}" for flag in result.flags),
    )


def _choices(result: ClassResult) -> Iterator[Sequence[Cell]]:
    for test in result.tests:
        for item in test.items:
            for choice in item.choices:
                yield (
                    *(test.name, item.item.notebook, item.item.name, choice.mark, choice.text),
                    *("yes" if choice.is_right else "no", choice.count, choice.share),
                    *(choice.upper, choice.lower),
                    choice.correlation.value if choice.correlation else None,
                    choice.misconception,
                )


def _objectives(result: ClassResult) -> Iterator[Sequence[Cell]]:
    for objective in result.objectives:
        found = objective.mastered
        yield (
            *(objective.id, objective.text, objective.place, objective.items),
            *(found.n if found else 0, objective.count),
            *_estimate(found),
            objective.level,
        )


def _students(result: ClassResult) -> Iterator[Sequence[Cell]]:
    places = {objective.id: objective.place for objective in result.objectives}
    for student in result.students:
        for standing in student.standings:
            yield (
                *(student.student, student.name, standing.objective),
                *(standing.got, standing.possible, standing.items),
                "yes" if standing.is_mastered else "no",
                "" if standing.is_mastered else places.get(standing.objective, ""),
            )
