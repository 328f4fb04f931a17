"""The course's gradebook, as the one process sees it that writes to it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

from nbgrader.api import Gradebook, new_uuid
from sqlalchemy import Connection, make_url, select
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from safehaven.errors import CourseError
from safehaven.grading.run.course import Course
from safehaven.grading.run.rows import (
    Change,
    Rows,
    apply,
    insert_rows,
    read_assignment,
    read_submissions,
    table,
)

#: How often writing is tried while another program holds the gradebook, and seconds between.
_TRIES = 6
_PAUSE = 2.0


def check_database(course: Course) -> None:
    """See that the package for the gradebook's database is installed.

    Raises:
        CourseError: it is not, or the address cannot be read.
    """
    try:
        make_url(course.directory().db_url).get_dialect().import_dbapi()
    except (ImportError, SQLAlchemyError) as error:
        raise CourseError(
            f"The gradebook's database cannot be used: {str(error).rstrip('.')}.",
            file=course.root,
            remedy="Check its address. For PostgreSQL, install what it needs: "
            "pip install safehaven[cluster]",
        ) from error


class CourseGradebook:
    """The gradebook of a course, opened for one assignment; a context manager.

    Attributes:
        assignment: the rows of the assignment.
    """

    def __init__(self, course: Course) -> None:
        """Open it.

        Args:
            course: a course whose gradebook holds the assignment.

        Raises:
            CourseError: it cannot be reached.
        """
        self._root = course.root
        directory = course.directory()
        with self._explained():
            self._gradebook = Gradebook(directory.db_url, directory.course_id)
            with self._gradebook.engine.connect() as connection:
                self.assignment = read_assignment(connection, course.assignment)

    @staticmethod
    def can_hold(student: str) -> bool:
        """Whether a folder's name can be a student's id: text, and not too long."""
        try:
            student.encode()
        except UnicodeEncodeError:
            return False
        longest = getattr(table("student").c.id.type, "length", None)
        return "\0" not in student and (longest is None or len(student) <= longest)

    @property
    def _assignment_id(self) -> str:
        return str(self.assignment["assignment"][0]["id"])

    def enter(self, students: Sequence[str]) -> None:
        """Enter students, and their submissions with everything still to be graded.

        Who is there already is left as he is. It is done for many at once, before any of them is
        graded, so that nothing that grades ever has to add a row.

        Args:
            students: ids, at most a few hundred.
        """
        self._in_one_piece(lambda connection: self._enter(connection, students))

    def _enter(self, connection: Connection, students: Sequence[str]) -> None:
        student, work = table("student"), table("submitted_assignment")
        known = set(connection.scalars(select(student.c.id).where(student.c.id.in_(students))))
        submitted = select(work.c.student_id).where(
            work.c.assignment_id == self._assignment_id, work.c.student_id.in_(students)
        )
        begun = set(connection.scalars(submitted))
        new = [name for name in students if name not in begun]
        rows: Rows = {"student": [{"id": name} for name in students if name not in known]}
        rows |= self._blank(new)
        insert_rows(connection, rows)

    def _blank(self, students: Iterable[str]) -> Rows:
        """The rows of ungraded submissions: what nbgrader's `add_submission` makes."""
        cells = {row["id"]: row["notebook_id"] for row in self.assignment["base_cell"]}
        kinds = {
            "grade": ("grade_cells", "task_cells"),
            "comment": ("solution_cells", "task_cells"),
        }
        rows: Rows = {
            "submitted_assignment": [],
            "submitted_notebook": [],
            "grade": [],
            "comment": [],
        }
        for student in students:
            work = {"id": new_uuid(), "assignment_id": self._assignment_id, "student_id": student}
            rows["submitted_assignment"].append(work)
            notebooks = {row["id"]: new_uuid() for row in self.assignment["notebook"]}
            rows["submitted_notebook"] += [
                {"id": new, "notebook_id": notebook, "assignment_id": work["id"]}
                for notebook, new in notebooks.items()
            ]
            for name, tables in kinds.items():
                rows[name] += [
                    {
                        "id": new_uuid(),
                        "cell_id": cell["id"],
                        "notebook_id": notebooks[cells[cell["id"]]],
                    }
                    for kind in tables
                    for cell in self.assignment[kind]
                ]
        return rows

    def read(self, students: Sequence[str]) -> dict[str, Rows]:
        """The rows of these students' submissions, at most a few hundred."""
        with self._explained(), self._gradebook.engine.connect() as connection:
            return read_submissions(connection, self._assignment_id, students)

    def write(self, made: Sequence[Change]) -> None:
        """Write what became different, all of it or nothing."""
        self._in_one_piece(lambda connection: apply(connection, made))

    def _in_one_piece(self, step: Callable[[Connection], None]) -> None:
        """Do it in one transaction, again where another program came between."""
        for left in reversed(range(_TRIES)):
            try:
                with self._gradebook.engine.begin() as connection:
                    step(connection)
            except (OperationalError, IntegrityError) as error:
                if not left:
                    raise self._explanation(error) from error
                time.sleep(_PAUSE)
            except SQLAlchemyError as error:
                raise self._explanation(error) from error
            else:
                return

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise self._explanation(error) from error

    def _explanation(self, error: SQLAlchemyError) -> CourseError:
        cause: Any = getattr(error, "orig", None) or error
        first = str(cause).strip().splitlines()[0]
        return CourseError(
            f"The gradebook cannot be used: {first.rstrip('.')}.",
            file=self._root,
            remedy="Check its address, and that no other program keeps it locked. What was "
            "graded so far is kept: the same command goes on from there.",
        )

    def release(self) -> None:
        """Close the connections for now, so that no process that is forked has them too."""
        self._gradebook.engine.dispose()

    def close(self) -> None:
        """Close the connection."""
        self._gradebook.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
