"""What a run needs of those who do the work, on this machine or on others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from safehaven.grading.run.task import Graded, Task


@dataclass(frozen=True)
class Finished:
    """A task that was done."""

    task: Task
    graded: Graded


@dataclass(frozen=True)
class Lost:
    """A task whose worker ended over it.

    Attributes:
        task: the task.
        how: what happened to the worker, in words.
        final: whether it is known not to help to try again.
    """

    task: Task
    how: str
    final: bool = False


class Pool(Protocol):
    """Workers that take tasks. It holds no more tasks than it works on."""

    def room(self) -> int:
        """How many more tasks can be submitted now."""

    def size(self) -> int:
        """How many workers there are."""

    def submit(self, task: Task) -> None:
        """Hand over a task."""

    def wait(self) -> Sequence[Finished | Lost]:
        """Wait until something happens: most often, something came of at least one task.

        Raises:
            CourseError: the workers cannot go on.
        """

    def close(self) -> None:
        """End the workers, whatever they do."""
