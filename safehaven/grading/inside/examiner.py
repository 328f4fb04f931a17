"""The examiner's process: runs tests, never a student's code.

It is spoken to over one stream socket. A frame is a letter, a length and bytes:

    R  run a test                    S  stop the test: the student's kernel is gone
    L  a message of the test and the student's kernel, both ways
    D  the test is done
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import random
import signal
import socket
import struct
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from .codec import CannotCross, Decoder, Encoder, Tree, Unreadable, loads
from .credit import Credit, credit
from .names import Names
from .proxies import AT_THE_END, Asked, is_object, named
from .remote import Broken, Peer, Stop
from .settle import settle_in

RUN, STOP, LINE, DONE = b"R", b"S", b"L", b"D"
_HEAD = struct.Struct("!cI")
_MOST_TEXT = 1_000_000
_LONGEST_ERROR = 20_000
_SHORTEST = 0.001
_RED = "\x1b[0;31m{}\x1b[0m"


def write_frame(line: socket.socket, kind: bytes, data: bytes) -> None:
    """Send one frame."""
    line.sendall(_HEAD.pack(kind, len(data)) + data)


def read_frame(line: socket.socket) -> tuple[bytes, bytes]:
    """Wait for a frame.

    Raises:
        EOFError: the other end has gone.
    """
    kind, size = _HEAD.unpack(_read(line, _HEAD.size))
    return kind, _read(line, size)


def _read(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = line.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


class _StreamLine:
    """Messages to and from the student's kernel, by way of the driver."""

    def __init__(self, line: socket.socket, alarm: _Alarm) -> None:
        self._line, self._alarm = line, alarm
        self.stopped: Callable[[], BaseException]

    def send(self, data: bytes) -> None:
        """Send one message."""
        with self._alarm.held():
            write_frame(self._line, LINE, data)

    def receive(self) -> bytes:
        """Wait for the next message; raises Stop when there will be none."""
        with self._alarm.held():
            kind, data = read_frame(self._line)
        if kind == STOP:
            raise self.stopped()
        return data


class _Alarm:
    """Ends a test that does not end, but never in the middle of a message."""

    def __init__(self) -> None:
        self.ended: Callable[[], BaseException]
        self._is_set = self._is_held = self._is_late = False

    @contextlib.contextmanager
    def after(self, seconds: float) -> Iterator[None]:
        """End what runs inside after so many seconds."""
        self._is_set, self._is_late = True, False
        # Each time: a test may have set an alarm of its own.
        signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, _SHORTEST))
        try:
            yield
        finally:
            self._is_set = False
            signal.setitimer(signal.ITIMER_REAL, 0)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Let what runs inside come to its end first."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_late and self._is_set:
            raise self.ended()

    def _ring(self, *_: Any) -> None:
        if self._is_held:
            self._is_late = True
        elif self._is_set:
            raise self.ended()


# --- what a test shows ------------------------------------------------------------------------


class _Outputs:
    """What a test writes and shows, in order, as a notebook keeps it."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self._room = _MOST_TEXT

    def stream(self, text: str) -> None:
        """Add text of stdout."""
        text, self._room = text[: self._room], self._room - len(text[: self._room])
        last = self.items[-1] if self.items else {}
        if last.get("output_type") == "stream":
            last["text"] += text
        elif text:
            self.items.append({"output_type": "stream", "name": "stdout", "text": text})

    def show(self, kind: str, value: Any) -> None:
        """Add a value as IPython shows it."""
        data, metadata = _formatter().format(value)
        data = {key: part for key, part in data.items() if isinstance(part, str)}
        size = sum(len(part) for part in data.values())
        if size > self._room:
            data = {"text/plain": data.get("text/plain", "")[: max(self._room, 100)]}
        # nbgrader cannot read a value that shows no text at all.
        data["text/plain"] = data.get("text/plain") or "(shown)"
        self._room -= min(size, self._room)
        self.items.append({"output_type": kind, "data": data, "metadata": dict(metadata)})

    def display(self, *values: Any) -> None:
        """Show values, as the notebook's `display` does."""
        for value in values:
            self.show("display_data", value)

    def error(self, name: str, text: str, line: int | None = None) -> None:
        """Add an error, without the source of the test."""
        text = text[:_LONGEST_ERROR]
        where = [] if line is None else [f"----> {line} "]
        self.items.append(
            {
                "output_type": "error",
                "ename": name,
                "evalue": text,
                "traceback": [*where, f"{_RED.format(name)}: {text}"],
            }
        )


_formatters: list[Any] = []


def _formatter() -> Any:
    if not _formatters:
        from IPython.core.formatters import DisplayFormatter

        _formatters.append(DisplayFormatter())
    return _formatters[0]


class _Stream(io.TextIOBase):
    """stdout of a test. What the student's functions print is not shown with the test."""

    def __init__(self, outputs: _Outputs) -> None:
        self._outputs = outputs

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Take what the test prints."""
        self._outputs.stream(text)
        return len(text)

    def write_of_student(self, text: str) -> None:
        """Let what a student's function prints go."""


class _Main(types.ModuleType):
    """The module `__main__` of a test: its names."""

    def __init__(self, names: Names) -> None:
        super().__init__("__main__")
        self.__dict__["_names"] = names

    def __getattr__(self, name: str) -> Any:
        """Give what a name of the test stands for."""
        try:
            return self.__dict__["_names"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self) -> list[str]:
        """List the names that are bound."""
        return list(self.__dict__["_names"])


# --- running ----------------------------------------------------------------------------------


class Examiner:
    """Runs the tests of one notebook.

    Args:
        line: the socket to the driver.
    """

    def __init__(self, line: socket.socket) -> None:
        self._alarm = _Alarm()
        self._line = _StreamLine(line, self._alarm)
        self._line.stopped = self._gone
        self._alarm.ended = self._endless
        self.peer = Peer(self._line)
        self.peer.forget_names = self._forget
        self.names = Names(self._fetch)
        self._refused: dict[str, str] = {}
        self._used: dict[str, str] = {}
        self._mirror_seeds()
        sys.modules["__main__"] = _Main(self.names)

    def _gone(self) -> BaseException:
        return self.peer.stop("gone", "")

    def _endless(self) -> BaseException:
        return self.peer.stop("endless", "")

    # --- the student's names ---

    def _fetch(self, name: str) -> Any:
        if name not in self._refused:
            try:
                answer = self.peer.ask({"do": "names", "names": [name]})
                self._take(answer)
            except Broken as error:
                raise self.peer.stop("broken", f"{name}: {error}") from None
        if name in self._refused:
            raise self.peer.stop("cannot", f"{name} is {self._refused[name]}")
        return self.names.fetched[name]

    def _take(self, answer: dict[str, Tree]) -> None:
        """Take the values of names, as the student's kernel gave them."""
        decoder = Decoder(self.peer, self.peer.shared.values)
        refused, values = answer.get("refused"), answer.get("values")
        if type(refused) is not dict or type(values) is not list:
            raise Broken("not a list of values")
        for name, why in refused.items():
            self._refused[name] = str(why)[:_LONGEST_ERROR]
        for pair in values:
            if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not str:
                raise Broken("not a list of values")
            try:
                value = decoder.decode(pair[1])
                self._used[pair[0]] = _origin(self.names.put(pair[0], value))
            except Unreadable as error:
                raise Broken(f"{pair[0]}: {error}") from None
            except KeyError:
                self._refused[pair[0]] = "a module that the test does not have"
        self.peer.shared.extend(decoder.met)

    def _forget(self, stale: Tree) -> None:
        """Drop the values of names that a function of the student's bound anew."""
        if type(stale) is list:
            self.names.forget_fetched(name for name in stale if type(name) is str)

    def _mirror_seeds(self) -> None:
        """Where a test starts its random numbers, start those of the student's code too."""
        random.seed = self._seeding("random", random.seed)
        numpy: Any = sys.modules.get("numpy.random")
        if numpy is not None:
            numpy.seed = self._seeding("numpy.random", numpy.seed)

    def _seeding(self, module: str, seed: Callable[..., None]) -> Callable[..., None]:
        def mirrored(*args: Any, **kwargs: Any) -> None:
            seed(*args, **kwargs)
            with contextlib.suppress(CannotCross):
                tree = Encoder().encode(args[0] if args else next(iter(kwargs.values()), None))
                self.peer.ask({"do": "seed", "module": module, "seed": tree})

        return mirrored

    # --- one test ---

    def run(self, order: dict[str, Any], given: bytes | None) -> dict[str, Any]:
        """Run a test.

        Args:
            order: the test's source, points and what the driver knows of its names.
            given: the student's kernel's answer with the names that the test is sure to use.

        Returns:
            The outputs; why it was stopped; names and how they were found; notes.
        """
        outputs = _Outputs()
        self.peer.stopped = None
        self._refused, self._used = {}, {}
        self.peer.shared.begin(order["test"])
        self.names.imports, self.names.definitions = order["imports"], order["definitions"]
        self.names.shadowed = frozenset(order["shadowed"])
        self.names.own = frozenset(order["own"])
        for name in order["drop"]:
            self.names.pop(name, None)
        self.names["display"] = outputs.display
        asked = self.peer.proxies.asked = _asked(order["objects"])
        notes: list[list[str]] = []
        try:
            with _streams(outputs), self._alarm.after(order["seconds"]):
                if given is not None:
                    self._take(_message(given))
                value = self._execute(order["source"])
                self._show(outputs, value, order, notes)
        except Broken as error:
            self.peer.stop("broken", str(error))
        except BaseException as error:
            self._report(outputs, error)
        if self.peer.stopped is None:
            # What the test did to the student's values is there for later cells.
            with contextlib.suppress(CannotCross, Broken, Stop):
                self.peer.tell_changes()
        self.names.forget_fetched(self.names.fetched)
        return {
            "outputs": outputs.items,
            "stopped": self.peer.stopped,
            "used": dict.fromkeys(self._refused, "student") | self._used,
            "notes": notes,
            "objects": sorted(asked.found | named(order["source"]))
            if asked and asked.met
            else None,
        }

    def _execute(self, source: str) -> Any:
        """Run the statements; give the value of the last where it is an expression."""
        body = ast.parse(source, "<test>")
        last = body.body[-1] if body.body else None
        if not isinstance(last, ast.Expr):
            exec(compile(body, "<test>", "exec"), self.names)
            return None
        exec(compile(ast.Module(body.body[:-1], []), "<test>", "exec"), self.names)
        value = eval(compile(ast.Expression(last.value), "<test>", "eval"), self.names)
        return None if source.rstrip().endswith(";") else value

    def _show(self, outputs: _Outputs, value: Any, order: dict[str, Any], notes: list[Any]) -> None:
        if value is None:
            return
        worth = credit(value, order["points"], is_students=order["ends_in_students"])
        asked = self.peer.proxies.asked
        if is_object(value) and asked is not None and not asked.may(AT_THE_END):
            worth = Credit(refusal="The test ended in an object, not in points.")
        if worth.note:
            notes.append(["clipped", worth.note])
        if worth.refusal:
            notes.append(["no-points", worth.refusal])
            outputs.error("PointsError", worth.refusal)
            return
        outputs.show("execute_result", value)
        if worth.points is not None:
            outputs.items[-1]["data"]["text/plain"] = repr(worth.points)

    def _report(self, outputs: _Outputs, error: BaseException) -> None:
        if self.peer.stopped is not None:
            return
        text, name = str(error), type(error).__name__
        raised_by = getattr(error, "__dict__", {}).get("raised_by")
        if raised_by is not None:
            text = f"Your function {raised_by} stopped with {name}: {text}"
        outputs.error(name, text, _line_of(error))


def _asked(objects: Any) -> Asked | None:
    """What a test may ask of objects: what is listed, or everything, or nothing."""
    if objects is None:
        return None
    return Asked(None if objects == "all" else objects)


def _message(data: bytes) -> dict[str, Tree]:
    try:
        message = loads(data)
    except Unreadable:
        message = None
    return message if type(message) is dict else {}


def _origin(value: Any) -> str:
    return "module:" + value.__name__ if isinstance(value, types.ModuleType) else "student"


def _line_of(error: BaseException) -> int | None:
    """The line of the test at which the error arose."""
    if isinstance(error, SyntaxError) and error.filename == "<test>":
        return error.lineno
    found, frames = None, error.__traceback__
    while frames is not None:
        if frames.tb_frame.f_code.co_filename == "<test>":
            found = frames.tb_lineno
        frames = frames.tb_next
    return found


@contextlib.contextmanager
def _streams(outputs: _Outputs) -> Iterator[None]:
    stream = _Stream(outputs)
    with (
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
        warnings.catch_warnings(),
    ):
        # A warning quotes the line of the test that it concerns; it is nobody's mistake here.
        warnings.showwarning = lambda *_, **__: None
        yield


def serve(line: socket.socket) -> None:
    """Run tests until the driver hangs up."""
    settle_in()
    # The driver ends this process where an alarm does not end a test.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    examiner = Examiner(line)
    while True:
        try:
            kind, data = read_frame(line)
        except EOFError:
            return
        if kind != RUN:
            continue
        order = json.loads(data)
        given = read_frame(line)[1] if order["is_given"] else None
        done = examiner.run(order, given)
        write_frame(line, DONE, json.dumps(done).encode())
