"""Grade with stock nbgrader, and read what a gradebook holds."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from safehaven.assignments.stock import nbgrader_api, reason
from safehaven.folders import CourseFolders

#: For each notebook and grade_id: points by the tests, whether a person has to look, points that
#: can be had.
Grades = dict[tuple[str, str], tuple[float | None, bool, float]]

_worker: dict[str, Any] = {}


def _start(course: CourseFolders) -> None:
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123  # a device, not a path of ours
        os.dup2(nothing.fileno(), 2)
    _worker["api"] = nbgrader_api(course)


def _autograde(student: str, assignment: str) -> str:
    result = _worker["api"].autograde(assignment, student)
    return "" if result["success"] else reason(result)


def autograde(course: CourseFolders, work: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Grade (student, assignment) with stock nbgrader; give why it failed, empty where it did not.

    One process a core, each with nbgrader loaded once.
    """
    with nbgrader_api(course).gradebook as gradebook:
        for student in dict.fromkeys(student for student, _ in work):
            gradebook.update_or_create_student(student)
    with ProcessPoolExecutor(
        max_workers=os.cpu_count(),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(course,),
    ) as pool:
        futures = {one: pool.submit(_autograde, *one) for one in work}
        return {one: future.result() for one, future in futures.items()}


def grades(course: CourseFolders, student: str, assignment: str) -> Grades | None:
    """What the gradebook holds on a submission; None where it holds none."""
    from nbgrader.api import MissingEntry

    with nbgrader_api(course).gradebook as gradebook:
        try:
            kept = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return None
        return {
            (notebook.name, grade.name): (
                grade.auto_score,
                bool(grade.needs_manual_grade),
                float(grade.max_score),
            )
            for notebook in kept.notebooks
            for grade in notebook.grades
        }
