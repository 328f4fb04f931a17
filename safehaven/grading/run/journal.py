"""What a run has finished, kept line by line so that an interrupted run can go on.

Each line is a JSON object. A line is added only after the gradebook and the autograded copy hold
what it tells of, so what the journal lacks is graded again, and grading again does no harm.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from safehaven.grading.outcome import Outcome

JOURNAL = "journal.jsonl"


@dataclass(frozen=True)
class Entry:
    """One finished submission.

    Attributes:
        version: the fingerprint of what was graded: the files, the assignment and the limits.
        grades: the fingerprint of the points that were written to the gradebook.
        outcome: what became of it.
    """

    version: str
    grades: str
    outcome: Outcome

    def as_line(self) -> bytes:
        """One line of the journal, with its end."""
        data = {"version": self.version, "grades": self.grades, "outcome": self.outcome.as_dict()}
        return json.dumps(data).encode("ascii") + b"\n"


def read_journal(path: Path) -> dict[str, Entry]:
    """The last entry of each student; empty where there is no journal.

    A line that is no entry, torn by an interruption, is passed over.
    """
    return {entry.outcome.student: entry for entry in _entries(path)}


def _entries(path: Path) -> Iterator[Entry]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        for line in file:
            try:
                yield _entry(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue


def _entry(data: Any) -> Entry:
    return Entry(str(data["version"]), str(data["grades"]), Outcome.from_dict(data["outcome"]))


class Journal:
    """The journal, open for adding to it. Entries that were added survive a loss of power."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self._end_torn_line()

    def _end_torn_line(self) -> None:
        """Let the next entry begin on a line of its own."""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, and wait until the disk has them."""
        rest = memoryview(b"".join(entry.as_line() for entry in entries))
        while rest:
            rest = rest[os.write(self._file, rest) :]
        os.fsync(self._file)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
