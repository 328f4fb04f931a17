"""One run of an assignment at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safehaven.errors import CourseError

_LOCK = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder of a run; whatever ends this process lets it go.

    Raises:
        CourseError: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a") as file:
        try:
            # Belongs to this process alone: a worker that is forked does not hold it too.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            raise CourseError(
                "This assignment is being graded already.",
                file=folder,
                remedy="Wait until the other run is done, or end it.",
            ) from error
        yield
