"""A gradebook in memory that holds one assignment and one student's work on it.

nbgrader grades into it instead of into the course's own: what it writes in a hundred small
transactions is then known as a whole, and can be written to the course's gradebook in one. It
opens a gradebook nine times for every notebook, and each time SQLAlchemy would prepare the same
statements anew; the dialect that is registered here lets them share what was prepared.
"""

from __future__ import annotations

import secrets
import sqlite3
from typing import Any, Self

from nbgrader.api import Base
from sqlalchemy import URL, Engine, Pool, QueuePool, StaticPool, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from safehaven.grading.run.rows import (
    Change,
    Rows,
    changes,
    insert_rows,
    read_submissions,
)

_DRIVER = "safehaven"


class SharedDialect(SQLiteDialect_pysqlite):
    """SQLite, with one dialect and one store of prepared statements for a whole process."""

    driver = _DRIVER
    supports_statement_cache = True
    _only: SharedDialect | None = None
    _prepared: dict[Any, Any] = {}  # noqa: RUF012 - shared by intention

    def __new__(cls, *_: Any, **__: Any) -> SharedDialect:
        """The one dialect."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __init__(self, **settings: Any) -> None:
        if "dbapi" not in self.__dict__:
            super().__init__(**settings)

    def has_table(self, *_: Any, **__: Any) -> bool:
        """Whether a table is there: all of nbgrader's are, from the start."""
        return True

    def get_table_names(self, *_: Any, **__: Any) -> list[str]:
        """The tables that are there."""
        return list(Base.metadata.tables)

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003
        """A pool as for a file: all connections see the same memory."""
        return QueuePool

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """Give a new engine what was prepared before."""
        engine.update_execution_options(compiled_cache=cls._prepared)


registry.register(f"sqlite.{_DRIVER}", __name__, SharedDialect.__name__)


class PrivateGradebook:
    """The gradebook of one worker process; a context manager.

    Attributes:
        url: its address, for nbgrader.
    """

    def __init__(self, assignment: Rows) -> None:
        """Make it, with an assignment and nobody's work.

        Args:
            assignment: what `read_assignment` gave.
        """
        place = f"file:{secrets.token_hex(8)}?mode=memory&cache=shared"
        self.url = f"sqlite+{_DRIVER}:///{place}&uri=true"
        self._assignment = assignment["assignment"][0]["id"]
        # It is there for as long as this connection is.
        self._kept = sqlite3.connect(place, uri=True, check_same_thread=False)
        self._engine = create_engine(self.url)
        self._empty = _made(assignment)

    def load(self, submission: Rows) -> None:
        """Let it hold one student's work, and no other's.

        Args:
            submission: what `read_submissions` gave for the student.
        """
        self._empty.backup(self._kept)
        with self._engine.begin() as connection:
            insert_rows(connection, submission)

    def changes(self, submission: Rows) -> list[Change]:
        """What became different since the work was loaded."""
        student = submission["student"][0]["id"]
        with self._engine.begin() as connection:
            after = read_submissions(connection, self._assignment, [student])[student]
        return list(changes(submission, after))

    def close(self) -> None:
        """Let go of the memory."""
        self._engine.dispose()
        self._empty.close()
        self._kept.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _made(assignment: Rows) -> sqlite3.Connection:
    """A gradebook with an assignment."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: made, poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        insert_rows(connection, assignment)
    return made
