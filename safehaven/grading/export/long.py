"""One row for each student and task, for statistics."""

from __future__ import annotations

from collections.abc import Iterator

from nbgrader.api import Gradebook

from safehaven.grading.export.cells import Cell, table_text, write_text
from safehaven.grading.export.plugin import Exporter, remarks_on
from safehaven.grading.export.results import Mark, Result, Results

HEAD = (
    *("student", "last_name", "first_name", "email", "assignment", "notebook", "task"),
    *("auto", "manual", "extra_credit", "points", "max", "objective"),
    *("task_status", "status", "reason", "note"),
)


class LongExporter(Exporter):
    """Writes every task of every student, also of those who handed nothing in.

    A cell without a number is empty: nothing was given, which is not a zero. `status` is that of
    the submission (graded, waiting for a person, ungradable, not graded, missing), `task_status`
    that of the task. Points are before anything was taken off for lateness.
    """

    def write(self, gradebook: Gradebook) -> list[str]:
        """Write the table, and return who has no points and why.

        Raises:
            CourseError: the gradebook knows no such assignment or student.
        """
        found = self.results(gradebook)
        rows = (row for results in found for row in _rows(results))
        file = self.destination("grades-by-task.csv")
        write_text(file, self.mark + table_text(HEAD, rows))
        self.log.info("Points by task: %s", file)
        return [remark for results in found for remark in remarks_on(results)]


def _rows(results: Results) -> Iterator[list[Cell]]:
    for result in results.results:
        for mark in result.marks or map(Mark, results.tasks):
            yield _row(result, mark)


def _row(result: Result, mark: Mark) -> list[Cell]:
    person, task = result.person, mark.task
    return [
        *(person.id, person.last_name, person.first_name, person.email),
        *(result.assignment, task.notebook, task.name),
        *(mark.auto, mark.manual, mark.extra, mark.points, task.maximum, task.objective),
        *(_task_status(result, mark), result.state, result.reason, result.note),
    ]


def _task_status(result: Result, mark: Mark) -> str:
    if result.state in ("missing", "ungradable"):
        return result.state
    if mark.waiting:
        return "waiting for a person"
    return "not graded" if mark.points is None else "graded"
