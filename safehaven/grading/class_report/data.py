"""The report as JSON, for programs; its schema is `class-report.schema.json` beside this."""

from __future__ import annotations

from dataclasses import asdict
from math import isfinite
from typing import Any

from safehaven.grading.analysis.intervals import Estimate
from safehaven.grading.analysis.results import (
    AssignmentResult,
    ClassResult,
    ItemResult,
    Pace,
    StudentResult,
)

FORMAT = "safehaven-class-report"

#: Grows when a program that reads the report has to change; new fields alone do not count.
VERSION = 1


def as_data(result: ClassResult) -> dict[str, Any]:
    """The report, as `json.dumps` takes it. Write it as ASCII: ids may hold what UTF-8 cannot."""
    data = {
        "format": FORMAT,
        "version": VERSION,
        "course": result.course,
        "cut": result.cut,
        "assignments": [_test(test) for test in result.tests],
        "objectives": [asdict(objective) for objective in result.objectives],
        "students": [_student(student) for student in result.students],
    }
    finite: dict[str, Any] = _finite(data)
    return finite


def _test(test: AssignmentResult) -> dict[str, Any]:
    return {
        "name": test.name,
        "students": dict(test.fates),
        "items_in_total": test.added_up,
        "students_in_total": test.complete,
        "maximum": test.maximum,
        "reliability": asdict(test.reliability) if test.reliability else None,
        "pace": _pace(test.pace),
        "items": [_item(result) for result in test.items],
    }


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        "handed_in": pace.handed_in,
        "late": pace.late,
        "hours_before": list(pace.hours_before),
        "minutes": dict(pace.minutes),
        "attempts": dict(pace.attempts),
    }


def _item(result: ItemResult) -> dict[str, Any]:
    item, question = result.item, result.item.question
    return {
        "notebook": item.notebook,
        "name": item.name,
        "cells": list(item.cells),
        "maximum": item.maximum,
        "by_hand": item.by_hand,
        "objective": item.objective or None,
        "kind": question.kind if question else "task",
        "stem": question.stem if question else None,
        "entries": dict(question.entries) if question else {},
        "marked": result.marked,
        "waiting": result.waiting,
        "difficulty": _estimate(result.difficulty),
        "item_total": _estimate(result.item_total),
        "upper_lower": _estimate(result.upper_lower),
        "alpha_without": result.alpha_without,
        "choices": [asdict(choice) for choice in result.choices],
        "flags": [asdict(flag) for flag in result.flags],
    }


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    return asdict(estimate) if estimate else None


def _student(student: StudentResult) -> dict[str, Any]:
    return {
        "student": student.student,
        "name": student.name,
        "assignments": {
            name: {
                "status": fate,
                "points": student.points.get(name),
                "of": student.possible.get(name),
            }
            for name, fate in student.fates.items()
        },
        "objectives": [asdict(standing) for standing in student.standings],
        "reread": list(student.reread),
    }


def _finite(data: Any) -> Any:
    """JSON has no words for infinity and not-a-number, which a broken gradebook may hold."""
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not isfinite(data) else data
