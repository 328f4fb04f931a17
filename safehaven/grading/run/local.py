"""Worker processes on this machine, side by side.

Each has a connection of its own, so that the loss of one costs the one submission that it had.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from safehaven.errors import CourseError
from safehaven.grading.run.boxes import sandbox_of
from safehaven.grading.run.convert import executes
from safehaven.grading.run.pool import Finished, Lost
from safehaven.grading.run.task import Refusal, Setup, Task
from safehaven.grading.run.worker import LostWorkerError, Worker
from safehaven.grading.sandbox import Sandbox

LOG = "grading.log"
#: Beyond the limits of its notebooks, twice over, a submission may take so many seconds before
#: its worker is taken for hung.
_GRACE = 120.0
_DIE_WITH_PARENT = 1
#: What a worker says first, when it is ready for submissions.
_READY = "ready"
#: Exit status of a worker whose sandbox is gone.
_NO_SANDBOX = 75
#: How many new objects the garbage collector waits for; a notebook makes a good many.
_COLLECT = (50_000, 20, 20)
#: Seconds that a worker with nothing to do may take to clean up after itself.
_FAREWELL = 5.0


@dataclass
class _Lane:
    """A worker process, and what it works on."""

    process: BaseProcess
    connection: Connection
    is_ready: bool = False
    task: Task | None = None
    begun: float = 0.0

    def end(self) -> None:
        """End the process, whatever it does; what waits may clean up after itself."""
        if self.task is None:
            with suppress(OSError):
                self.connection.send(None)
            self.process.join(_FAREWELL)
        self.process.kill()
        self.process.join()
        self.connection.close()


class LocalPool:
    """Worker processes on this machine.

    Where this process has one thread, workers are forked from it, with all that it has loaded,
    and share one fork server for student code. Otherwise forking is not safe: workers come from
    Python's own fork server, and each starts a fork server for student code of its own.
    """

    def __init__(self, setup: Setup, workers: int, sandbox: Sandbox | None = None) -> None:
        """Start them.

        Args:
            setup: what all submissions have in common.
            workers: how many processes.
            sandbox: a fork server for student code, where one is started already.

        Raises:
            CourseError: there can be no sandbox here.
        """
        self._setup = setup
        self._workers = workers
        self._sandbox = sandbox
        self._sandbox_lost = False
        self._lanes: list[_Lane] = []
        notebooks = max(1, len(setup.source.notebooks))
        self._patience = 2 * setup.limits.notebook_seconds * notebooks + _GRACE
        self._forks = sys.platform == "linux" and threading.active_count() == 1
        self._context: Any = multiprocessing.get_context("fork" if self._forks else "forkserver")
        if not self._forks:
            self._context.set_forkserver_preload([Worker.__module__])
        self._start()

    def _start(self) -> None:
        if self._forks and self._sandbox is None and executes(self._setup.course):
            self._sandbox = sandbox_of(
                self._setup.course, self._setup.limits, contained=self._setup.contained
            )
            self._sandbox.start()
        self._sandbox_lost = False
        self._lanes = [self._new_lane() for _ in range(self._workers)]

    def size(self) -> int:
        """How many workers there are."""
        return len(self._lanes)

    def room(self) -> int:
        """How many of them wait for something to do."""
        return sum(lane.task is None for lane in self._lanes)

    def submit(self, task: Task) -> None:
        """Give a task to one that waits."""
        lane = next(lane for lane in self._lanes if lane.task is None)
        lane.task, lane.begun = task, time.monotonic()
        # One that is gone is found by `wait`.
        with suppress(OSError):
            lane.connection.send(task)

    def wait(self) -> Sequence[Finished | Lost]:
        """Wait until one is done, is lost, or has taken too long; nothing where one got ready."""
        busy = {lane.connection: lane for lane in self._lanes if lane.task is not None}
        latest = min(lane.begun for lane in busy.values()) + self._patience
        ready = wait(list(busy), timeout=max(0.0, latest - time.monotonic()))
        found = [one for line in ready for one in self._heard(busy[line])]  # type: ignore[index]
        found += [self._lost(lane, "it hung") for lane in busy.values() if self._hangs(lane)]
        return [*found, *self._restart()] if self._sandbox_lost else found

    def _hangs(self, lane: _Lane) -> bool:
        return lane.task is not None and time.monotonic() - lane.begun > self._patience

    def _heard(self, lane: _Lane) -> Iterator[Finished | Lost]:
        task = lane.task
        assert task is not None
        try:
            said = lane.connection.recv()
        except (EOFError, OSError):
            if not lane.is_ready:
                raise self._cannot_start(lane) from None
            yield self._lost(lane, _end_of(lane.process))
            return
        if isinstance(said, Refusal):
            raise said.error()
        if said == _READY:
            lane.is_ready = True
            return
        lane.task = None
        yield Finished(task, said)

    def _cannot_start(self, lane: _Lane) -> CourseError:
        return CourseError(
            f"A grading process cannot start: {_end_of(lane.process)}.",
            file=self._setup.course.folder / LOG,
            remedy="Read the last lines of this file.",
        )

    def _lost(self, lane: _Lane, how: str) -> Lost:
        task = lane.task
        assert task is not None
        lane.end()
        self._sandbox_lost |= self._forks and lane.process.exitcode == _NO_SANDBOX
        self._lanes[self._lanes.index(lane)] = self._new_lane()
        return Lost(task, how)

    def _restart(self) -> list[Lost]:
        """Begin anew with a sandbox that works; what was in work is lost."""
        left = [lane.task for lane in self._lanes if lane.task is not None]
        self.close()
        self._start()
        return [Lost(task, "the sandbox ended") for task in left]

    def _new_lane(self) -> _Lane:
        here, there = self._context.Pipe()
        # A forked process has what it was forked with: nothing is sent.
        arguments = (there, self._setup, self._sandbox)
        process = self._context.Process(target=_serve, args=arguments, daemon=False)
        process.start()
        there.close()
        return _Lane(process, here)

    def close(self) -> None:
        """End them all."""
        for lane in self._lanes:
            lane.end()
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None


def _end_of(process: BaseProcess) -> str:
    """How a process ended, in words."""
    process.join()
    status = process.exitcode or 0
    if status == -signal.SIGKILL:
        return "it was killed, perhaps because the machine's memory was used up"
    if status < 0:
        return f"it was ended by {signal.Signals(-status).name}"
    return f"it ended with status {status}"


# --- in a worker process ----------------------------------------------------------------------


def _serve(connection: Connection, setup: Setup, sandbox: Sandbox | None) -> None:
    """Grade what comes, until nothing comes any more."""
    _settle_in(setup.course.folder / LOG)
    try:
        with Worker(setup, sandbox) as worker:
            connection.send(_READY)
            # What is loaded stays: the collector need not look at it again and again.
            gc.freeze()
            gc.set_threshold(*_COLLECT)
            while task := connection.recv():
                connection.send(worker.grade(task))
    except (EOFError, BrokenPipeError):
        return
    except LostWorkerError as error:
        print(error, file=sys.stderr)
        sys.exit(_NO_SANDBOX)
    except CourseError as error:
        connection.send(Refusal.of(error))


def _settle_in(log: Path) -> None:
    """Leave the interrupt key to the parent, die with it, and let nothing through to a terminal.

    nbgrader, the database library and kernels warn on stderr; it is kept in a file.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for number in (1, 2):
        os.dup2(file, number)
    os.close(file)
    # A forked process may have been left streams that lead somewhere else.
    sys.stdout = os.fdopen(1, "w", buffering=1, errors="backslashreplace", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
