"""Rows of nbgrader's gradebook as plain data, which can be sent to another process.

The tables are those of nbgrader's own models (`nbgrader.api`), and SQLAlchemy reads and writes
them, so any database that nbgrader can use will do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Base
from sqlalchemy import Connection, Table, bindparam, select, update

#: Rows by the name of their table.
Rows = dict[str, list[dict[str, Any]]]

#: What nbgrader knows of an assignment, in an order in which rows can be added.
ASSIGNMENT = (
    *("course", "assignment", "notebook", "base_cell"),
    *("grade_cells", "solution_cells", "task_cells", "source_cell"),
)
#: What it knows of one student's work on it.
SUBMISSION = ("submitted_assignment", "submitted_notebook", "grade", "comment")
#: Stands for the id of a row in a statement that changes many.
_ROW = "the_row"


@dataclass(frozen=True)
class Change:
    """What became different in one row.

    Attributes:
        table: the name of the table.
        row: the id of the row.
        values: the new values of the columns that changed.
    """

    table: str
    row: str
    values: dict[str, Any]


def table(name: str) -> Table:
    """One of nbgrader's tables."""
    found: Table = Base.metadata.tables[name]
    return found


def read_assignment(connection: Connection, assignment: str) -> Rows:
    """The rows of an assignment: its notebooks and cells, without anybody's work."""
    rows: Rows = {}
    rows["assignment"] = _where(connection, "assignment", "name", [assignment])
    rows["course"] = _where(connection, "course", "id", _column(rows["assignment"], "course_id"))
    rows["notebook"] = _where(connection, "notebook", "assignment_id", _ids(rows["assignment"]))
    notebooks = _ids(rows["notebook"])
    rows["base_cell"] = _where(connection, "base_cell", "notebook_id", notebooks)
    for kind in ("grade_cells", "solution_cells", "task_cells"):
        rows[kind] = _where(connection, kind, "id", _ids(rows["base_cell"]))
    rows["source_cell"] = _where(connection, "source_cell", "notebook_id", notebooks)
    return {name: rows[name] for name in ASSIGNMENT}


def read_submissions(
    connection: Connection, assignment: str, students: Iterable[str]
) -> dict[str, Rows]:
    """The rows of several students' work on one assignment, and of the students themselves.

    Args:
        connection: to the gradebook.
        assignment: the id of the assignment's row.
        students: whose rows are wanted, at most a few hundred.

    Returns:
        The rows of each student who has a submission.
    """
    wanted = list(students)
    work = table("submitted_assignment")
    chosen = select(work).where(work.c.assignment_id == assignment, work.c.student_id.in_(wanted))
    submitted = [dict(row) for row in connection.execute(chosen).mappings()]
    notebooks = _where(connection, "submitted_notebook", "assignment_id", _ids(submitted))
    found: dict[str, Rows] = {}
    owner: dict[str, Rows] = {}
    for row in submitted:
        rows = found[row["student_id"]] = {name: [] for name in ("student", *SUBMISSION)}
        rows["submitted_assignment"].append(row)
        owner[row["id"]] = rows
    for row in _where(connection, "student", "id", list(found)):
        found[row["id"]]["student"].append(row)
    for row in notebooks:
        owner[row["id"]] = owner[row["assignment_id"]]
        owner[row["id"]]["submitted_notebook"].append(row)
    for name in ("grade", "comment"):
        for row in _where(connection, name, "notebook_id", _ids(notebooks)):
            owner[row["notebook_id"]][name].append(row)
    return found


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Add rows, table by table."""
    for name, values in rows.items():
        if values:
            connection.execute(table(name).insert(), values)


def changes(before: Rows, after: Rows) -> Iterator[Change]:
    """What of a submission is different afterwards."""
    for name in SUBMISSION:
        old = {row["id"]: row for row in before[name]}
        for row in after[name]:
            values = {key: row[key] for key in row if row[key] != old[row["id"]][key]}
            if values:
                yield Change(name, row["id"], values)


def apply(connection: Connection, made: Iterable[Change]) -> None:
    """Write changes. To write them twice does no harm."""
    alike: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for change in made:
        alike[change.table, *sorted(change.values)].append({_ROW: change.row, **change.values})
    for (name, *columns), values in alike.items():
        kept = table(name)
        new: dict[str, Any] = {column: bindparam(column) for column in columns}
        connection.execute(update(kept).where(kept.c.id == bindparam(_ROW)).values(new), values)


def _where(
    connection: Connection, name: str, column: str, values: list[Any]
) -> list[dict[str, Any]]:
    kept = table(name)
    chosen = select(kept).where(kept.c[column].in_(values)).order_by(kept.c.id)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _ids(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return _column(rows, "id")


def _column(rows: Iterable[Mapping[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]
