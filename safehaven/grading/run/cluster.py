"""Workers on other machines, through Dask distributed.

All machines see the course's folder under the same path, and have the same packages. A Dask
worker needs no access to the gradebook: what it found goes back to the process that runs
everything. nbgrader changes the folder and the environment of its process, so a Dask worker
grades one submission at a time: start it with `--nthreads 1`, and several of them a machine.
"""

from __future__ import annotations

import pickle
import threading
import time
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from safehaven.errors import CourseError
from safehaven.grading.run.pool import Finished, Lost
from safehaven.grading.run.task import Graded, Refusal, Setup, Task
from safehaven.grading.run.worker import LostWorkerError, Worker

if TYPE_CHECKING:
    from distributed import Client, Future

#: Seconds that finding the scheduler may take, and seconds between two looks whether it is there.
_CONNECT = 20
_LOOK = 5
_EXTRA = "pip install safehaven[cluster]"


class ClusterPool:
    """The workers of a Dask scheduler."""

    def __init__(self, setup: Setup, scheduler: str) -> None:
        """Connect to a scheduler.

        Args:
            setup: what all submissions have in common.
            scheduler: its address ("tcp://host:8786").

        Raises:
            CourseError: Dask is not installed, or there is no scheduler at the address.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise CourseError(
                f"Grading on a cluster needs a package that is missing: {error.name}.",
                file=setup.course.root,
                remedy=f"Install it: {_EXTRA}",
            ) from error
        self._address = scheduler
        self._root = setup.course.root
        self._setup = zlib.compress(pickle.dumps(setup))
        self._waiting: dict[Future[Any], Task] = {}
        self._counted = (float("-inf"), 0)
        try:
            self._client: Client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CourseError(
                f"No Dask scheduler answers at '{scheduler}'.",
                file=self._root,
                remedy="Start one with 'dask scheduler', and name the address that it prints.",
            ) from error

    def size(self) -> int:
        """How many threads the Dask workers have, a moment ago."""
        counted, size = self._counted
        if time.monotonic() - counted > _LOOK:
            size = sum(self._client.nthreads().values())
            self._counted = (time.monotonic(), size)
        return size

    def room(self) -> int:
        """How many of them wait for something to do."""
        # None has a second task ahead: Dask would blame it, too, for the loss of its worker.
        # Where there is no worker yet, one task waits for the first that comes.
        return max(1, self.size()) - len(self._waiting)

    def submit(self, task: Task) -> None:
        """Hand a task to the scheduler."""
        future = self._client.submit(grade_remotely, self._setup, task, pure=False)
        self._waiting[future] = task

    def wait(self) -> Sequence[Finished | Lost]:
        """Wait until at least one is done or lost."""
        from distributed import TimeoutError as NotYet
        from distributed import wait

        while True:
            try:
                with self._client.as_current():
                    wait(list(self._waiting), timeout=_LOOK, return_when="FIRST_COMPLETED")
            except NotYet:
                continue
            finally:
                self._look()
            done = [future for future in self._waiting if future.done()]
            return [self._heard(future, self._waiting.pop(future)) for future in done]

    def _look(self) -> None:
        if self._client.status != "running":
            raise self._no_scheduler()

    def _no_scheduler(self) -> CourseError:
        return CourseError(
            f"The Dask scheduler at '{self._address}' is lost.",
            file=self._root,
            remedy="Start it again. What was graded so far is kept: the same command goes on "
            "from there.",
        )

    def _heard(self, future: Future[Any], task: Task) -> Finished | Lost:
        from distributed import KilledWorker

        if future.status in ("cancelled", "lost"):
            raise self._no_scheduler()
        error = future.exception()
        if error is None:
            said = future.result()
            if isinstance(said, Refusal):
                raise said.error()
            return Finished(task, said)
        if isinstance(error, KilledWorker):
            return Lost(task, "Dask lost every worker that it was given to", final=True)
        return Lost(task, f"{type(error).__name__}: {error}")

    def close(self) -> None:
        """Leave the cluster; what it still works on is given up."""
        self._client.cancel(list(self._waiting))
        self._client.close(timeout=_LOOK)


# --- in a Dask worker -------------------------------------------------------------------------

#: The worker of this process, for the setup that it was made for.
_kept: dict[bytes, Worker] = {}
_one_at_a_time = threading.Lock()


def grade_remotely(setup: bytes, task: Task) -> Graded | Refusal:
    """Grade a submission in a Dask worker.

    Args:
        setup: a pickled and compressed `Setup`.
        task: the submission.
    """
    with _one_at_a_time:
        try:
            return _worker(setup).grade(task)
        except CourseError as error:
            return Refusal.of(error)
        except LostWorkerError:
            _forget()
            raise


def _worker(setup: bytes) -> Worker:
    if setup not in _kept:
        _forget()
        made: Any = pickle.loads(zlib.decompress(setup))
        _kept[setup] = Worker(made)
    return _kept[setup]


def _forget() -> None:
    while _kept:
        _kept.popitem()[1].close()
