"""The examiner's process, seen from the driver."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from safehaven.grading.examiner.kernel import Died, TimedOut
from safehaven.grading.inside.examiner import DONE, LINE, RUN, STOP, read_frame, write_frame
from safehaven.grading.sandbox import ChildSocket

#: How long a test whose time is up may take to end: its own alarm ends it, or the student's
#: kernel is interrupted and may have to be ended first.
_GRACE_SECONDS = 8
_SHORTEST_WAIT_SECONDS = 0.001

Talk = Callable[[bytes, float], bytes]


class TestEnded(Exception):
    """The examiner's process ended, or had to be ended; the text says why.

    "timeout" means that the test itself did not come to an end.
    """


class TestProcess:
    """Runs the tests of one notebook.

    Args:
        line: the socket to the process.
    """

    def __init__(self, line: ChildSocket) -> None:
        self._line = line

    def close(self) -> None:
        """End the process."""
        self._line.close()

    def run(
        self, order: dict[str, Any], given: bytes | None, talk: Talk, deadline: float
    ) -> dict[str, Any]:
        """Run a test.

        Args:
            order: the test, as `inside.examiner.Examiner.run` takes it.
            given: the values of names, as the student's kernel gave them.
            talk: sends a message to the student's kernel and gives the answer.
            deadline: when the test must have ended, on the monotonic clock.

        Returns:
            What the examiner says of it; "cause" is why the student's kernel did not answer.

        Raises:
            TestEnded: the process had to be ended.
        """
        cause = ""
        left = max(0.0, deadline - time.monotonic())
        more = {"is_given": given is not None, "seconds": left}
        write_frame(self._line, RUN, json.dumps(order | more).encode())
        if given is not None:
            write_frame(self._line, LINE, given)
        while True:
            kind, data = self._read(deadline + _GRACE_SECONDS)
            if kind == DONE:
                return {**json.loads(data), "cause": cause}
            try:
                write_frame(self._line, LINE, talk(data, deadline))
            except TimedOut:
                cause = "timeout"
                write_frame(self._line, STOP, b"")
            except Died as death:
                cause = str(death)
                write_frame(self._line, STOP, b"")

    def _read(self, deadline: float) -> tuple[bytes, bytes]:
        self._line.settimeout(max(_SHORTEST_WAIT_SECONDS, deadline - time.monotonic()))
        try:
            return read_frame(self._line)
        except TimeoutError:
            raise TestEnded("timeout") from None
        except EOFError:
            raise TestEnded("What the test was given was too much for it.") from None
        finally:
            self._line.settimeout(None)
