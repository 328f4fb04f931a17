"""A forked process as seen from outside: wait for it, interrupt it, end it."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Self

#: What a process says when it is shut off.
_SHUT_OFF = b"shut off"
_MESSAGE_BYTES = 65_536


@dataclass(frozen=True)
class End:
    """How a child ended.

    Attributes:
        status: exit status; negative for the signal that ended it.
        reason: which limit the sandbox ended it for: "memory", "processes", "cpu" or "time"; why
            it did not even begin; or empty.
        cpu_seconds: processor time of the child itself.
        peak_bytes: the most memory it was seen to hold.
    """

    status: int
    reason: str
    cpu_seconds: float
    peak_bytes: int


class SandboxError(RuntimeError):
    """The sandbox could not shut a process off, and did not let it run."""


class Reports:
    """What is reported of a process, by itself until it is ready, and by the fork server."""

    def __init__(self, line: socket.socket, before: list[bytes]) -> None:
        """Read on from what was read before."""
        self._line = line
        self._before = before

    def next(self) -> bytes:
        """Wait for the next message; empty where none will come."""
        return self._before.pop(0) if self._before else self._line.recv(_MESSAGE_BYTES)

    def close(self) -> None:
        """Listen no longer."""
        self._line.close()


class Child:
    """A process in the sandbox, held by a file descriptor, so that no other is ever meant.

    Attributes:
        pid: process id as the fork server sees it, for messages only.
    """

    def __init__(
        self,
        pid: int,
        handle: int,
        reports: Reports,
        interrupt: Callable[[], None],
        cleanup: Callable[[], None],
    ) -> None:
        self.pid = pid
        self._handle = handle
        self._reports = reports
        self._interrupt = interrupt
        self._cleanup = cleanup
        self._ready = False
        self._end: End | None = None

    def fileno(self) -> int:
        """A file descriptor that becomes readable when the process has ended."""
        return self._handle

    def wait_ready(self) -> None:
        """Wait until the process is shut off from the machine; then its own code begins.

        Raises:
            SandboxError: it could not be.
        """
        if self._ready:
            return
        said = self._reports.next()
        if said != _SHUT_OFF:
            self.close()
            raise SandboxError(f"A process could not be shut off:\n{said.decode()}")
        self._ready = True

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the process has ended.

        Args:
            timeout: seconds; None for as long as it takes.

        Returns:
            Whether it has.
        """
        if self._handle < 0:
            return True
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(None if timeout is None else timeout * 1000))

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return not self.wait(0)

    def end(self) -> End:
        """Wait until the process has ended, and say how."""
        trouble = ""
        while self._end is None:
            said = self._reports.next()
            if not said:
                self._end = End(-signal.SIGKILL, "the sandbox ended", 0, 0)
            elif said.startswith(b"{"):
                end = End(**json.loads(said))
                self._end = replace(end, reason=end.reason or trouble)
            elif said != _SHUT_OFF:
                trouble = said.decode(errors="replace")
        return self._end

    def interrupt(self) -> None:
        """Stop what it executes, and what runs in its foreground, as Ctrl-C does."""
        if self.alive:
            self._interrupt()

    def kill(self) -> None:
        """End the process at once, with everything that it started."""
        if self._handle >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        """End the process, and let go of what belongs to it."""
        if self._handle < 0:
            return
        self.kill()
        # Said when all that it started has ended, too.
        self.end()
        os.close(self._handle)
        self._handle = -1
        self._reports.close()
        self._cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ForkedKernel(Child):
    """A student's kernel.

    Attributes:
        connection_info: what a Jupyter client needs: transport, ip, ports, key.
    """

    connection_info: dict[str, Any]


class ChildSocket(socket.socket):
    """A connected stream to a forked process; closing it ends the process.

    Attributes:
        child: the process.
    """

    child: Child

    def close(self) -> None:
        """Close the stream and end the process."""
        super().close()
        self.child.close()
