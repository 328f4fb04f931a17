"""Both ends of the line between a test and the student's code.

A function or an iterator stays where it is; the other end holds a stand-in for it. Calling the
stand-in sends the arguments as data, runs the function at its own end, and brings back its value
or its error, and what it changed in its arguments. Both ends work alike, so a test may hand a
function of its own to a student's function.
"""

from __future__ import annotations

import io
import itertools
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, Protocol

from .codec import (
    CannotCross,
    Decoder,
    Encoder,
    Tree,
    Unreadable,
    as_data,
    dumps,
    loads,
    read_number,
)
from .codec_types import encode_error
from .describing import describe, signature, text_or_none
from .mutation import remember
from .objects import Objects, do, state
from .proxies import Proxies
from .shared import Shared

#: Items of an iterator that are sent at once at most, and in all.
_MOST_AT_ONCE = 1024
MOST_ITEMS = 100_000

_MOST_PRINTED = 1_000_000

#: Answers to requests: request -> answer, both plain objects for JSON.
Handlers = dict[str, Callable[[dict[str, Tree]], dict[str, Tree]]]


class Line(Protocol):
    """Carries bytes to the other end and back."""

    def send(self, data: bytes) -> None:
        """Send one message."""

    def receive(self) -> bytes:
        """Wait for the next message."""


class Broken(Exception):
    """The other end answered something that cannot be read."""


class Stop(BaseException):
    """Ends a test at once; no `except Exception` in the test takes it for a student's error."""


class Peer:
    """One end: what it offers, and what it has of the other end.

    Args:
        line: carries messages.
        handlers: further requests that this end answers, by name.
        first: the first handle, another one for each kernel that a test may have met.
        runs_student_code: whether functions are called here with what they print held back.
    """

    def __init__(
        self,
        line: Line,
        handlers: Handlers | None = None,
        *,
        first: int = 0,
        runs_student_code: bool = False,
    ) -> None:
        self.line = line
        self.runs_student_code = runs_student_code
        self._handlers: Handlers = {
            "call": self._call,
            **dict.fromkeys(_OF_OBJECTS, self._asked_of_object),
            "next": self._next,
            "change": self._change,
            **(handlers or {}),
        }
        self.shared = Shared()
        #: The classes of this end, where student code runs.
        self.objects: Objects | None = None
        #: Whether objects of this end's own classes may cross.
        self.objects_cross = False
        #: What stands for those of the other end.
        self.proxies = Proxies(self)
        #: Gives names that student code bound anew since their values were given.
        self.stale_names: Callable[[], list[str]] = list
        #: Called with what the other end says of such names, which may be anything.
        self.forget_names: Callable[[Tree], None] = lambda _: None
        #: Why the test was stopped: a word for the driver, and words for a person.
        self.stopped: tuple[str, str] | None = None
        self._lock = threading.RLock()
        self._asked = itertools.count()
        self._handles = itertools.count(first)
        self._offered: dict[int, Any] = {}
        self._handle_of: dict[int, int] = {}
        self._taken: dict[int, Any] = {}
        self._handle_of_taken: dict[int, int] = {}

    # --- messages ---

    def ask(self, request: dict[str, Tree]) -> dict[str, Tree]:
        """Send a request and wait for its answer; requests of the other end go between.

        Raises:
            Broken: no answer that can be read came.
            CannotCross: the request is too large.
        """
        number = next(self._asked)
        # A test may call functions from several threads; one at a time is on the line.
        with self._lock:
            more = {"ask": number, "test": self.shared.test}
            if self.proxies.asked is not None:
                more["objects"] = True
            return self._ask(number, dumps({**request, **more}))

    def _ask(self, number: int, data: bytes) -> dict[str, Tree]:
        self.line.send(data)
        while True:
            message = self._read(self.line.receive())
            if message.get("answers") == number:
                return message
            if "ask" not in message:
                raise Broken("an answer to nothing that was asked")
            self.answer(message)

    def answer(self, message: dict[str, Tree]) -> None:
        """Answer a request of the other end."""
        number = message["ask"]
        self.objects_cross = bool(message.get("objects"))
        try:
            data = dumps(self._handlers[message["do"]](message) | {"answers": number})
        except CannotCross as error:
            data = dumps({"cannot": str(error), "answers": number})
        except Exception as error:
            # The other end may send anything; whatever it breaks here, it is told.
            data = dumps({"cannot": f"a request with a {type(error).__name__}", "answers": number})
        self.line.send(data)

    def stop(self, kind: str, text: str) -> BaseException:
        """Give what ends a call that cannot be made: the test itself, or a student's function."""
        if self.runs_student_code:
            return TypeError(text)
        self.stopped = self.stopped or (kind, text)
        return Stop(text)

    @staticmethod
    def _read(data: bytes) -> dict[str, Tree]:
        try:
            message = loads(data)
        except Unreadable as error:
            raise Broken(str(error)) from None
        if type(message) is not dict:
            raise Broken("not a message")
        return message

    # --- functions, iterators and objects ---

    def stays(self, value: Any) -> bool:
        """Whether a value is an object of this end's own, or stands for one of the other end."""
        if id(value) in self._handle_of_taken:
            return True
        return self.objects_cross and self.objects is not None and self.objects.stays(value)

    def offer(self, value: Any) -> Tree:
        """Describe a function, an iterator or an object of this end."""
        taken = self._handle_of_taken.get(id(value))
        if taken is not None:
            return ["own", taken]
        handle = self._handle_of.get(id(value))
        if handle is None:
            handle = next(self._handles)
            self._handle_of[id(value)] = handle
            self._offered[handle] = value
        if self.objects_cross and self.objects is not None and self.objects.stays(value):
            if isinstance(value, type):
                return ["cls", handle, self.objects.describe(value, self.offer)]
            return ["ob", handle, self.offer(type(value))]
        if isinstance(value, Iterator):
            return ["it", handle]
        return ["fn", handle, describe(value)]

    def take(self, tree: Sequence[Tree]) -> Any:
        """Give the stand-in for what the other end offers, or this end's own object back."""
        handle = read_number(tree[1])
        if tree[0] == "own":
            return self._offered[handle]
        if handle not in self._taken:
            if tree[0] == "it":
                stand_in: Any = self._iterate(handle)
            elif tree[0] == "fn":
                stand_in = _function(self, handle, tree[2])
            else:
                stand_in = self.proxies.take(tree)
            self._taken[handle] = stand_in
            self._handle_of_taken[id(stand_in)] = handle
        return self._taken[handle]

    def handle_of(self, stand_in: Any) -> int | None:
        """Give the number of what a stand-in stands for; None where it stands for nothing."""
        return self._handle_of_taken.get(id(stand_in))

    def objects_like(self, one: Any) -> list[Any]:
        """Give the objects of the other end that are of the same class, the newest first."""
        return [each for each in reversed(self._taken.values()) if type(each) is type(one)]

    def call(self, name: str, handle: int, args: Any, kwargs: Any) -> Any:
        """Call a function of the other end.

        Raises:
            Stop, TypeError: it cannot be called so, or what came back cannot be taken.
            BaseException: what the function raised.
        """
        return self.perform(name, {"do": "call", "to": handle}, args, kwargs)

    def perform(
        self,
        name: str,
        order: dict[str, Tree],
        args: Any,
        kwargs: Any,
        *,
        is_next: bool = False,
    ) -> Any:
        """Let the other end do something with values.

        Args:
            name: what it is called where it fails.
            order: what to do, and to what.
            args: positional arguments.
            kwargs: arguments by name.
            is_next: whether StopIteration says no more than that there is nothing left.

        Raises:
            Stop, TypeError: it cannot be done so, or what came back cannot be taken.
            BaseException: what was raised there.
        """
        try:
            encoder = Encoder(self, self.shared.values)
            request = {
                **order,
                "changes": self.shared.changes(encoder),
                "args": encoder.encode_all(args),
                "keys": list(kwargs),
                "values": encoder.encode_all(kwargs.values()),
            }
            answer = self._asked_for(request)
            _write(answer.get("printed"))
            decoder = Decoder(self, encoder.met)
            value = decoder.decode(answer.get("value"))
            raised = _error(name, decoder, answer.get("raised"))
            self._after(answer, decoder)
        except CannotCross as error:
            raise self.stop("cannot", f"{name}: {error}") from None
        except (Broken, Unreadable) as error:
            raise self.stop("broken", f"{name}: {error}") from None
        if raised is not None:
            raise raised if is_next else _outside_a_loop(raised)
        return value

    def tell_changes(self) -> None:
        """Let the other end know what changed here, if anything did.

        Raises:
            CannotCross, Broken: it cannot be told.
        """
        changes = self.shared.changes(Encoder(self, self.shared.values))
        if changes:
            self.ask({"do": "change", "changes": changes})

    def _asked_for(self, request: dict[str, Tree]) -> dict[str, Tree]:
        answer = self.ask(request)
        if "cannot" in answer:
            raise CannotCross(str(answer["cannot"]))
        return answer

    def _after(self, answer: dict[str, Tree], decoder: Decoder) -> None:
        """Take over what code at the other end changed while it ran."""
        self.shared.apply(decoder, answer.get("changes"))
        self.forget_names(answer.get("stale"))

    def _iterate(self, handle: int) -> Iterator[Any]:
        left, at_once = MOST_ITEMS, 1
        while left > 0:
            items, ended, raised = self._some(handle, min(at_once, left))
            yield from items
            if raised is not None:
                raise raised
            if ended:
                return
            left -= max(len(items), 1)
            at_once = min(at_once * 2, _MOST_AT_ONCE)
        raise self.stop("cannot", f"an iterator of more than {MOST_ITEMS:,} items")

    def _some(self, handle: int, most: int) -> tuple[list[Any], bool, BaseException | None]:
        try:
            encoder = Encoder(self, self.shared.values)
            changes = self.shared.changes(encoder)
            request = {"do": "next", "of": handle, "most": most, "changes": changes}
            answer = self._asked_for(request)
            decoder = Decoder(self, encoder.met)
            items = list(decoder.decode(["t", answer.get("items")]))
            raised = _error("an iterator", decoder, answer.get("raised"))
            self._after(answer, decoder)
        except CannotCross as error:
            raise self.stop("cannot", f"an iterator: {error}") from None
        except (Broken, Unreadable) as error:
            raise self.stop("broken", f"an iterator: {error}") from None
        return items, bool(answer.get("ended")), raised

    # --- what the other end asks ---

    def _call(self, message: dict[str, Tree]) -> dict[str, Tree]:
        return self._perform(message, self._offered[read_number(message["to"])])

    def _asked_of_object(self, message: dict[str, Tree]) -> dict[str, Tree]:
        one, name = self._offered[read_number(message["to"])], message["name"]
        how, encode = _OF_OBJECTS[message["do"]]
        return self._perform(message, how(one, name), encode)

    def _perform(
        self,
        message: dict[str, Tree],
        function: Callable[..., Any],
        encode: Callable[[Encoder, Any], Tree] = Encoder.encode,
    ) -> dict[str, Tree]:
        decoder = self._before(message)
        old = len(decoder.met)
        args = decoder.read_all(message["args"])
        kwargs = dict(zip(message["keys"], decoder.read_all(message["values"]), strict=True))
        given = {number: remember(decoder.met[number]) for number in range(old, len(decoder.met))}
        encoder = Encoder(self, decoder.met)
        answer: dict[str, Tree] = {}
        printed = _Printed()
        try:
            with printed if self.runs_student_code else _Nothing():
                value = function(*args, **kwargs)
        except Stop:
            raise
        except BaseException as error:
            answer["raised"] = encode_error(encoder, error)
        else:
            answer["value"] = encode(encoder, value)
        answer["changes"] = self.shared.changes(encoder) + [
            [number, encoder.contents(decoder.met[number])]
            for number, is_changed in given.items()
            if is_changed()
        ]
        return answer | {"stale": self.stale_names(), "printed": printed.texts()}

    def _next(self, message: dict[str, Tree]) -> dict[str, Tree]:
        decoder = self._before(message)
        iterator, most = self._offered[read_number(message["of"])], read_number(message["most"])
        encoder = Encoder(self, decoder.met)
        items: list[Any] = []
        answer: dict[str, Tree] = {}
        raised: BaseException | None = None
        try:
            with _Printed() if self.runs_student_code else _Nothing():
                items.extend(itertools.islice(iterator, most))
        except Stop:
            raise
        except BaseException as error:
            raised = error
        answer = {"items": encoder.encode_all(items), "ended": len(items) < most}
        if raised is not None:
            answer["raised"] = encode_error(encoder, raised)
        return answer | {"changes": self.shared.changes(encoder), "stale": self.stale_names()}

    def _change(self, message: dict[str, Tree]) -> dict[str, Tree]:
        self._before(message)
        return {}

    def _before(self, message: dict[str, Tree]) -> Decoder:
        """Take over what the other end changed before it asked."""
        decoder = Decoder(self, self.shared.values)
        self.shared.apply(decoder, message.get("changes"))
        return decoder


#: What a test may ask of an object: how it is done, and how what comes of it is encoded.
_OF_OBJECTS: dict[str, tuple[Callable[[Any, str], Any], Callable[[Encoder, Any], Tree]]] = {
    "get": (lambda one, name: lambda: getattr(one, name), Encoder.encode),
    "set": (lambda one, name: lambda value: setattr(one, name, value), Encoder.encode),
    "del": (lambda one, name: lambda: delattr(one, name), Encoder.encode),
    "special": (do, Encoder.encode),
    "data": (lambda one, _: lambda: one, as_data),
    "state": (lambda one, _: lambda: state(one), Encoder.encode),
}


def _error(name: str, decoder: Decoder, tree: Tree) -> BaseException | None:
    """Give the error that a function of the other end raised; it remembers which function."""
    if tree is None:
        return None
    error = decoder.decode(tree)
    if not isinstance(error, BaseException):
        raise Unreadable("not an error")
    error.__dict__["raised_by"] = name
    return error


def _outside_a_loop(error: BaseException) -> BaseException:
    """Give an error that does not silently end the loop of the test that called the function."""
    if not isinstance(error, StopIteration | StopAsyncIteration):
        return error
    loud = RuntimeError(f"{error.__dict__['raised_by']} raised {type(error).__name__}")
    loud.__dict__["raised_by"] = error.__dict__["raised_by"]
    return loud


# --- standing in ------------------------------------------------------------------------------


def _function(peer: Peer, handle: int, about: Tree) -> Callable[..., Any]:
    """Make a function that calls the other end's."""
    name = about.get("name")
    if type(name) is not str:
        raise Unreadable("a function without a name")

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        return peer.call(name, handle, args, kwargs)

    # Its source is not the student's, so nobody may take it for that.
    stand_in.__code__ = stand_in.__code__.replace(co_filename="<stand-in>")
    stand_in.__name__ = name
    stand_in.__qualname__ = text_or_none(about.get("qualname")) or name
    stand_in.__doc__ = text_or_none(about.get("doc"))
    stand_in.__module__ = text_or_none(about.get("module")) or "__main__"
    if "parameters" in about:
        stand_in.__signature__ = signature(about["parameters"])  # type: ignore[attr-defined]
    return stand_in


# --- what was printed ------------------------------------------------------------------------


class _Nothing:
    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class _Bounded(io.StringIO):
    """Keeps the beginning of what is written."""

    def write(self, text: str) -> int:
        """Keep it while there is room."""
        room = _MOST_PRINTED - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)


class _Printed:
    """Holds back what is written to stdout and stderr."""

    def __init__(self) -> None:
        self.out, self.err = _Bounded(), _Bounded()

    def __enter__(self) -> None:
        self._out, self._err = redirect_stdout(self.out), redirect_stderr(self.err)
        self._out.__enter__()
        self._err.__enter__()

    def __exit__(self, *error: Any) -> None:
        self._err.__exit__(*error)
        self._out.__exit__(*error)

    def texts(self) -> list[str]:
        """What was written to stdout and to stderr."""
        return [self.out.getvalue(), self.err.getvalue()]


def _write(printed: Tree) -> None:
    """Write what the other end printed, where a test that looks at the output finds it."""
    if type(printed) is not list or len(printed) != 2:
        return
    for stream, text in zip((sys.stdout, sys.stderr), printed, strict=True):
        if type(text) is str and text:
            # The examiner's own streams keep what student code wrote apart.
            getattr(stream, "write_of_student", stream.write)(text)
