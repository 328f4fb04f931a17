"""The student's kernel, seen from the driver: run a cell, talk to it during a test.

It speaks Jupyter's messaging protocol over the kernel's own sockets, waits for what arrives and
for the process's end, and for nothing else. Everything that the kernel says may be forged.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import zmq

from safehaven.grading.examiner import messages
from safehaven.grading.examiner.messages import Message
from safehaven.grading.sandbox import ForkedKernel, SandboxError

_START_SECONDS = 60
#: How long the first message may take before one is asked for again.
_ASK_AGAIN_SECONDS = 0.25
#: How long an interrupted kernel may take to come to itself before it is ended.
GRACE_SECONDS = 3
#: How long outputs may still come after a cell's reply.
_OUTPUT_SECONDS = 2
_MOST_MESSAGE_BYTES = 16 * 1024 * 1024
_MOST_ANSWER_BYTES = 64 * 1024 * 1024
_WAITING = 16

_INSTALL = "from inside.student import install as _; _(get_ipython(), {first}); del _"
_REQUEST = "safehaven_request"

Take = Callable[[str, dict[str, Any], int], None]


class Died(Exception):
    """The kernel's process has ended, or had to be ended; the text says how."""


class TimedOut(Exception):
    """Code ran longer than it may; the kernel was interrupted and goes on."""


@dataclass(frozen=True)
class Reply:
    """How a cell ended.

    Attributes:
        is_ok: whether it ran to its end.
        content: the kernel's reply.
    """

    is_ok: bool
    content: dict[str, Any]


class StudentKernel:
    """A running kernel.

    Args:
        process: the kernel's process.
        first: the first number by which functions of this kernel are known.
    """

    def __init__(self, process: ForkedKernel, first: int) -> None:
        self.process = process
        self.language_info: dict[str, Any] = {}
        connection = process.connection_info
        self._session = messages.Sender(connection)
        self._context: zmq.Context[Any] = zmq.Context.instance()
        self._iopub = self._socket(zmq.SUB, connection, "iopub", _MOST_MESSAGE_BYTES)
        self._iopub.subscribe(b"")
        self._shell = self._socket(zmq.DEALER, connection, "shell", _MOST_MESSAGE_BYTES)
        self._stdin = self._socket(zmq.DEALER, connection, "stdin", _MOST_ANSWER_BYTES)
        self._poller = zmq.Poller()
        for socket in (self._shell, self._iopub, self._stdin):
            self._poller.register(socket, zmq.POLLIN)
        self._poller.register(process.fileno(), zmq.POLLIN)
        self._serving = ""
        try:
            self._start(first)
        except BaseException:
            self.close()
            raise

    def _socket(self, kind: int, connection: dict[str, Any], channel: str, most: int) -> Any:
        socket = self._context.socket(kind)
        socket.linger = 0
        socket.setsockopt(zmq.MAXMSGSIZE, most)
        socket.setsockopt(zmq.RCVHWM, _WAITING)
        if kind == zmq.DEALER:
            socket.identity = self._session.identity
        between = "-" if connection["transport"] == "ipc" else ":"
        port = connection[f"{channel}_port"]
        socket.connect(f"{connection['transport']}://{connection['ip']}{between}{port}")
        return socket

    def close(self) -> None:
        """End the kernel."""
        for socket in (self._shell, self._iopub, self._stdin):
            socket.close()
        self.process.close()

    def _start(self, first: int) -> None:
        """Wait until all channels are connected, and let the kernel answer tests."""
        deadline = time.monotonic() + _START_SECONDS
        # The kernel waits for this before it goes on: its channel for input is there then.
        self._session.send(self._stdin, "input_reply", {"value": ""})
        info = self._send("kernel_info_request", {})
        installed = self._execute(_INSTALL.format(first=first), silent=True)
        missing = {info, installed, "iopub"}
        while missing:
            found = False
            for channel, message in self._receive(time.monotonic() + _ASK_AGAIN_SECONDS):
                found = True
                if channel is self._iopub:
                    missing.discard("iopub")
                elif channel is self._shell:
                    missing.discard(message.parent)
                    if message.parent == info:
                        self.language_info = dict(message.content.get("language_info", {}))
            if time.monotonic() > deadline:
                raise Died("The kernel did not start.")
            if not found and missing == {"iopub"}:
                # What was published before the subscription arrived is lost: ask once more.
                self._send("kernel_info_request", {})

    # --- messages ---

    def _send(self, kind: str, content: dict[str, Any], data: bytes | None = None) -> str:
        return self._session.send(self._shell, kind, content, data)

    def _execute(self, code: str, *, silent: bool = False, keep: bool = False) -> str:
        content = {
            "code": code,
            "silent": silent,
            "store_history": keep,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        return self._send("execute_request", content)

    def _receive(self, deadline: float) -> Iterator[tuple[Any, Message]]:
        """Give the messages that have arrived; wait for one until the deadline at most.

        Raises:
            Died: the process has ended, and nothing is left to be read.
        """
        wait = max(0, deadline - time.monotonic())
        ready = dict(self._poller.poll(math.ceil(wait * 1000)))
        ended = ready.pop(self.process.fileno(), None)
        for socket in (self._iopub, self._shell, self._stdin):
            if socket in ready:
                most = _MOST_MESSAGE_BYTES
                message = messages.read(socket.recv_multipart(), most)
                if message is not None:
                    yield socket, message
        if ended and not ready:
            raise Died(how_it_ended(self.process))

    # --- cells ---

    def run(self, code: str, deadline: float, take: Take, *, is_cell: bool = True) -> Reply:
        """Run a cell.

        Args:
            code: its source.
            deadline: when it must have ended, on the monotonic clock.
            take: called with type, content and size of each output.
            is_cell: False for code that is to leave no trace in the notebook's history.

        Raises:
            TimedOut: it was interrupted.
            Died: the kernel ended, or did not come to itself after an interrupt.
        """
        self._end_talk()
        asked = self._execute(code, keep=is_cell)
        try:
            return self._until_done(asked, deadline, take)
        except TimedOut:
            self._recover(asked, take)
            raise

    def _until_done(self, asked: str, deadline: float, take: Take) -> Reply:
        reply: dict[str, Any] | None = None
        is_idle = False
        while reply is None or not is_idle:
            arrived = False
            for channel, message in self._receive(deadline):
                arrived = True
                if message.parent != asked:
                    continue
                if channel is self._iopub:
                    if message.kind == "status":
                        is_idle |= message.content.get("execution_state") == "idle"
                    else:
                        take(message.kind, message.content, message.size)
                elif channel is self._shell and message.kind == "execute_reply" and not reply:
                    reply = message.content
                    deadline = min(deadline, time.monotonic() + _OUTPUT_SECONDS)
            if not arrived and time.monotonic() >= deadline:
                if reply is None:
                    raise TimedOut
                break
            if time.monotonic() >= deadline and reply is None:
                raise TimedOut
        return Reply(reply.get("status") == "ok", reply)

    def _recover(self, asked: str, take: Take) -> None:
        """Interrupt what runs, and wait until the kernel has come to itself.

        Raises:
            Died: it did not, and was ended.
        """
        self.process.interrupt()
        try:
            self._until_done(asked, time.monotonic() + GRACE_SECONDS, take)
        except TimedOut:
            self.process.kill()
            self.process.wait()
            raise Died("It ran too long, and could not be interrupted.") from None

    # --- tests ---

    def talk(self, data: bytes, deadline: float) -> bytes:
        """Send one message of a test, and give the one that comes back.

        Raises:
            TimedOut: none came in time; the function that runs was interrupted.
            Died: the kernel ended, or did not come to itself after an interrupt.
        """
        if self._serving:
            self._session.send(self._stdin, "input_reply", {"value": ""}, data)
        else:
            self._drain()
            self._serving = self._send(_REQUEST, {}, data)
        try:
            return self._answer(deadline)
        except TimedOut:
            self.process.interrupt()
            try:
                self._answer(time.monotonic() + GRACE_SECONDS)
            except TimedOut:
                self.process.kill()
                self.process.wait()
                raise Died("It ran too long, and could not be interrupted.") from None
            raise

    def _answer(self, deadline: float) -> bytes:
        while True:
            for channel, message in self._receive(deadline):
                if channel is self._stdin and message.data is not None:
                    return message.data
                if message.parent == self._serving and _is_over(message):
                    # It went back to its cells, which only a kernel that was tampered with does.
                    self._serving = ""
                    return b""
            if time.monotonic() >= deadline:
                raise TimedOut

    def _drain(self) -> None:
        """Drop what came on the channel for input while nothing was asked."""
        for _ in range(10 * _WAITING):
            if not self._stdin.poll(0):
                return
            self._stdin.recv_multipart()

    def _end_talk(self) -> None:
        """Let the kernel go back to running cells."""
        if self._serving:
            self._session.send(self._stdin, "input_reply", {"value": ""})
            self._serving = ""


def _is_over(message: Message) -> bool:
    """Whether a request has been dealt with."""
    if message.kind == "status":
        return message.content.get("execution_state") == "idle"
    return message.kind == "safehaven_reply"


def how_it_ended(process: ForkedKernel) -> str:
    """Say in plain words how a kernel's process ended.

    Raises:
        SandboxError: it was no fault of what ran in it.
    """
    end = process.end()
    if end.reason == "the sandbox ended":
        raise SandboxError("The sandbox ended.")
    return {
        "memory": "It took more memory than it may.",
        "cpu": "It took more processor time than it may.",
        "time": "It ran longer than it may.",
        "processes": "It started more processes than it may.",
    }.get(end.reason, "It ended the program in which it ran.")
