"""The student's kernel over the length of a notebook: started, lost, and started again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from safehaven.grading.examiner.kernel import Died, Reply, StudentKernel, Take, TimedOut
from safehaven.grading.sandbox import ForkedKernel, SandboxError

_HANDLES_OF_A_KERNEL = 1_000_000
_MOST_STARTS = 20
_MOST_FOUND = 20
_LONGEST_FOUND = 300
_LOOK = json.dumps({"do": "look", "ask": 0}).encode()
_LOOK_SECONDS = 2


@dataclass
class Clock:
    """How long cells may run.

    Attributes:
        cell_seconds: how long one may; None for as long as the notebook may.
        notebook_seconds: how long all may together.
    """

    cell_seconds: float | None
    notebook_seconds: float
    _end: float = field(default=float("inf"), init=False)

    def start(self) -> None:
        """Let the notebook's time begin."""
        self._end = time.monotonic() + self.notebook_seconds

    def deadline(self) -> float:
        """When a cell that begins now must have ended, on the monotonic clock."""
        if not self.cell_seconds:
            return self._end
        return min(self._end, time.monotonic() + self.cell_seconds)

    @property
    def is_over(self) -> bool:
        """Whether the notebook's time is up."""
        return time.monotonic() >= self._end


@dataclass(frozen=True)
class Rehearsal:
    """How a test went in a copy of the kernel.

    Attributes:
        passed: whether it came to its end.
        value: the text of the value at its end.
        asked: what its objects were asked of plain values.
    """

    passed: bool
    value: str
    asked: tuple[str, ...]


class StudentSide:
    """Runs the student's cells, and answers the tests.

    Args:
        fork: makes a kernel's process.
        clock: how long cells may run.
    """

    def __init__(self, fork: Callable[[], ForkedKernel], clock: Clock) -> None:
        self._fork, self._clock = fork, clock
        self._kernel: StudentKernel | None = None
        self._starts = 0
        self._ran: list[str] = []
        self._next_count = 1
        self._imports: list[str] = []
        #: What was found in kernels that were lost afterwards.
        self._found: list[str] = []
        self.language_info: dict[str, Any] = {}

    def close(self) -> None:
        """End the kernel."""
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None

    def start(self) -> None:
        """Start the kernel, and let the notebook's time begin.

        Raises:
            SandboxError: it did not start, before anything of the student's ran.
        """
        try:
            self._begin()
        except Died as death:
            raise SandboxError(str(death)) from death
        self._clock.start()

    def _begin(self) -> StudentKernel:
        self._starts += 1
        self._next_count = 1
        self._kernel = StudentKernel(self._fork(), first=self._starts * _HANDLES_OF_A_KERNEL)
        self.language_info = self._kernel.language_info
        return self._kernel

    def _running(self) -> StudentKernel:
        """Give the kernel; where it died, a new one in which the earlier cells ran again."""
        if self._kernel is not None:
            return self._kernel
        if self._starts >= _MOST_STARTS:
            raise Died("It has ended too often.")
        kernel = self._begin()
        for source in list(self._ran):
            try:
                kernel.run(source, self._clock.deadline(), lambda *_: None)
            except TimedOut:
                self._ran.remove(source)
            except Died:
                # What ended it now will not run again.
                self._ran.remove(source)
                self.close()
                return self._running()
        self._look_again(kernel)
        return self._kernel or self._running()

    def _look_again(self, kernel: StudentKernel) -> None:
        """Look at a kernel that ran the cells again, before it can be lost as the last one was."""
        if not self._ran:
            return
        deadline = max(self._clock.deadline(), time.monotonic() + _LOOK_SECONDS)
        try:
            said = _said(kernel.talk(_LOOK, deadline))
        except TimedOut:
            said = {}
        except Died:
            # Cells that ran to their end, and left a kernel that cannot be asked how it is.
            self.close()
            self._ran.clear()
            said = {}
        self._found += [one for one in _findings(said) if one not in self._found]

    def run(self, source: str, count: int, take: Take) -> Reply:
        """Run a cell.

        Args:
            source: its source.
            count: its number, as the notebook shows it.
            take: called with type, content and size of each output.

        Raises:
            TimedOut: it was interrupted.
            Died: it ended the kernel.
        """
        try:
            kernel = self._running()
            if self._next_count != count or self._imports:
                self.ask_names((), count)
            reply = kernel.run(source, self._clock.deadline(), take)
        except Died:
            self.close()
            raise
        self._next_count = count + 1
        self._ran.append(source)
        return reply

    def run_aside(self, source: str, take: Take = lambda *_: None) -> Reply:
        """Run code that is no cell of the student's; it has no number and leaves no trace.

        Raises:
            TimedOut: it was interrupted.
            Died: it ended the kernel.
        """
        try:
            return self._running().run(source, self._clock.deadline(), take, is_cell=False)
        except Died:
            self.close()
            raise

    def import_later(self, statements: Sequence[str]) -> None:
        """Import what a test imported: later cells may rely on it, as in a single kernel."""
        self._imports += statements

    def ask_names(
        self, names: Sequence[str], count: int, test: int = 0, *, objects: bool = False
    ) -> bytes:
        """Give the kernel's answer with the values of names.

        Args:
            names: the names.
            count: the number of the next cell.
            test: the number of the test that has them.
            objects: whether the test takes objects of the notebook's classes.
        """
        imports, self._imports = self._imports, []
        asked = {
            **{"ask": 0, "do": "names", "names": list(names), "test": test},
            **{"count": count, "imports": imports, "objects": objects},
        }
        answer = self.talk(json.dumps(asked).encode(), self._clock.deadline())
        self._next_count = count
        return answer

    def talk(self, data: bytes, deadline: float) -> bytes:
        """Send a message of a test and give the answer.

        Raises:
            TimedOut: a function ran too long and was interrupted.
            Died: the kernel ended.
        """
        try:
            return self._running().talk(data, deadline)
        except Died:
            self.close()
            raise

    def look(self) -> list[str]:
        """Say what the notebook did to Python and IPython, by the word of its own kernel."""
        if self._kernel is None:
            return self._found
        try:
            found = _findings(_said(self.talk(_LOOK, self._clock.deadline())))
        except (TimedOut, Died):
            # Honest code can bring that about: it says nothing of tampering.
            found = []
        return [*self._found, *(one for one in found if one not in self._found)]

    def rehearse(self, source: str, allowed: Sequence[str] | None) -> Rehearsal:
        """Try a test in a copy of the kernel in which its objects may say less of plain values.

        Args:
            source: the test.
            allowed: what they may say; None for everything.

        Raises:
            TimedOut: it was interrupted.
            Died: the kernel ended.
        """
        if self._imports:
            self.ask_names((), self._next_count)
        left = max(0.0, self._clock.deadline() - time.monotonic())
        order = {"do": "rehearse", "source": source, "allowed": allowed, "seconds": left, "ask": 0}
        said = _said(self.talk(json.dumps(order).encode(), self._clock.deadline()))
        asked, value = said.get("asked"), said.get("value")
        return Rehearsal(
            passed=said.get("passed") is True,
            value=value if isinstance(value, str) else "",
            asked=tuple(str(one) for one in asked) if isinstance(asked, list) else (),
        )


def _said(data: bytes) -> dict[str, Any]:
    """Give a kernel's answer, or nothing where it is none."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _findings(said: dict[str, Any]) -> list[str]:
    """Give what a kernel says of itself; that it says nothing is a finding, too."""
    found = said.get("found")
    if not isinstance(found, list):
        return ["the kernel does not say how it is"]
    return [str(one)[:_LONGEST_FOUND] for one in found[:_MOST_FOUND]]
