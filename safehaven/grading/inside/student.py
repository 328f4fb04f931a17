"""In the student's kernel: give values, call functions.

The kernel takes one more kind of request, `safehaven_request`. Until its end is asked for, the
kernel answers each message of the test with `input_request` and waits for the next, as it does
when a cell asks for input. What it says is the student's word, and is treated so.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import zmq

from .codec import CannotCross, Encoder, Tree, dumps, load_libraries, loads
from .hooks import Clean
from .objects import Objects
from .rehearsal import rehearse
from .remote import Peer
from .settle import settle_in

#: The request, and the answer at its end.
REQUEST = "safehaven_request"
REPLY = "safehaven_reply"

_HELLO_SECONDS = 10
#: Names of IPython's own in a notebook; what they stand for does not cross.
_IPYTHON = frozenset({"get_ipython", "exit", "quit"})


# The fork server imports this module; what it has loaded, every kernel has.
load_libraries()


class _End(Exception):
    """The test is over."""


class _NoLine:
    """Stands where a line is, while there is no test."""

    def send(self, _: bytes) -> None:
        """Refuse."""
        raise _End

    def receive(self) -> bytes:
        """Refuse."""
        raise _End


class _StdinLine:
    """Messages to and from the test over the channel on which a kernel asks for input."""

    def __init__(self, kernel: Any, ident: Any, parent: dict[str, Any]) -> None:
        self._session, self._socket = kernel.session, kernel.stdin_socket
        self._ident, self._parent = ident, parent
        self._is_over = False

    def send(self, data: bytes) -> None:
        """Send one message; none after the last."""
        if self._is_over:
            raise _End
        asked = {"prompt": "", "password": False}
        self._session.send(
            self._socket, "input_request", asked, self._parent, ident=self._ident, buffers=[data]
        )

    def receive(self) -> bytes:
        """Wait for the next message; raises _End after the last."""
        while not self._is_over:
            try:
                self._socket.poll()
                _, message = self._session.recv(self._socket)
            except KeyboardInterrupt:
                continue
            if message and message["buffers"]:
                return bytes(message["buffers"][0])
            self._is_over = bool(message)
        raise _End


class Student:
    """What the kernel does for a test.

    Args:
        shell: the kernel's interactive shell.
        first: the first number by which a function is known.
    """

    def __init__(self, shell: Any, first: int) -> None:
        self.shell = shell
        self.kernel = shell.kernel
        self._clean = Clean(shell)
        handlers = {
            **{"names": self._names, "seed": self._seed, "look": self._look},
            "rehearse": self._rehearse,
        }
        self.peer = Peer(_NoLine(), handlers, first=first, runs_student_code=True)
        self.peer.stale_names = self._stale
        self._objects = self.peer.objects = Objects(Path.cwd().resolve())
        #: Values that the test has, by name.
        self._given: dict[str, Any] = {}

    def serve(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Answer the messages of one test."""
        line = self.peer.line = _StdinLine(self.kernel, ident, parent)
        # As while a cell runs: input() says that nobody is there to type.
        self.kernel._forward_input(False)
        try:
            data = bytes(parent["buffers"][0])
            while True:
                _answer(self.peer, data)
                data = line.receive()
        except _End:
            pass
        finally:
            self.kernel._restore_input()
            _close_figures()
            self.kernel.session.send(stream, REPLY, {"status": "ok"}, parent, ident=ident)

    def _names(self, message: dict[str, Tree]) -> dict[str, Tree]:
        """Give the values of names; those that are not bound are left out."""
        if message.get("count"):
            self.shell.execution_count = message["count"]
        if self.peer.shared.begin(message["test"]):
            self._given.clear()
        for line in message.get("imports", ()):
            _import(line, self.shell.user_ns)
        encoder = Encoder(self.peer, self.peer.shared.values)
        values, refused = [], {}
        for name in message["names"]:
            if name not in self.shell.user_ns:
                continue
            try:
                if name in _IPYTHON:
                    raise CannotCross("a part of IPython")
                values.append([name, encoder.attempt(self.shell.user_ns[name])])
                self._given[name] = self.shell.user_ns[name]
            except CannotCross as error:
                refused[name] = str(error)
        self.peer.shared.extend(encoder.met)
        return {"values": values, "refused": refused}

    def _stale(self) -> list[str]:
        """Give the names that stand for another object than the test has."""
        now = self.shell.user_ns
        found = [name for name, value in self._given.items() if now.get(name, self) is not value]
        for name in found:
            del self._given[name]
        return found

    def _look(self, _: dict[str, Tree]) -> dict[str, Tree]:
        """Say what the notebook did to Python and IPython."""
        return {"found": self._clean.differences()}

    def _rehearse(self, message: dict[str, Tree]) -> dict[str, Tree]:
        """Try a test that is about to run as a cell."""
        source, allowed = message["source"], message["allowed"]
        return rehearse(self.shell, self._objects, source, allowed, message["seconds"])

    @staticmethod
    def _seed(message: dict[str, Tree]) -> dict[str, Tree]:
        """Start the random numbers of `random` or NumPy as the test started its own."""
        module = sys.modules.get(str(message["module"]))
        if module is not None:
            module.seed(message["seed"])
        return {}


def _answer(peer: Peer, data: bytes) -> None:
    message = loads(data)
    try:
        peer.answer(message)
    except KeyboardInterrupt:
        # The time was up while an answer was being written.
        peer.line.send(dumps({"cannot": "interrupted", "answers": message["ask"]}))


def _import(line: str, names: dict[str, Any]) -> None:
    try:
        exec(line, names)
    except Exception:
        return


def _close_figures() -> None:
    """Forget what was drawn, as a notebook does after each cell."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and "inline" in pyplot.get_backend().lower():
        pyplot.close("all")


def install(shell: Any, first: int) -> None:
    """Let the kernel answer tests; wait until its channel for input is connected."""
    settle_in()
    # exit() in a cell would end the kernel a little later, in the midst of another cell.
    shell.ask_exit = lambda: None
    student = Student(shell, first)
    kernel = shell.kernel
    kernel.shell_handlers[REQUEST] = student.serve
    if kernel.stdin_socket.poll(_HELLO_SECONDS * 1000):
        kernel.stdin_socket.recv_multipart(zmq.NOBLOCK)
