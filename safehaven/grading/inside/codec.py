"""Values as data and back: a closed list of types, nothing that runs on arrival.

A value is encoded as a tree for JSON. None, booleans, numbers and strings stand for themselves;
all else is a list that begins with a tag. Lists, dicts, sets, arrays, tables and graphs are
numbered in the order in which they are met, so that a value that is met twice stays one value.

The other end may send anything. What arrives is rebuilt from the types of this list and of
the modules beside it alone; whatever does not fit is `Unreadable`.
"""

from __future__ import annotations

import base64
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

#: What JSON holds.
Tree = Any

#: Limits of a value: bytes when encoded, parts, and how deep they are nested.
MOST_BYTES = 48 * 1024 * 1024
MOST_PARTS = 2_000_000
MOST_LEVELS = 100

_MOST_BITS = 8_000_000
_PLAIN_INT = 1 << 4096


class CannotCross(Exception):
    """A value that is not on the list; the text says what it is, for a student."""


class Unreadable(Exception):
    """What arrived is no value of this list."""


class Remotes(Protocol):
    """What stands for functions, iterators and objects, which stay where they are."""

    def stays(self, value: Any) -> bool:
        """Whether a value is offered, though there may be data in it."""

    def offer(self, value: Any) -> Tree:
        """Describe a function, an iterator or an object that the other end may use."""

    def take(self, tree: Sequence[Tree]) -> Any:
        """Give what stands for the other end's function or iterator."""


class Encoder:
    """Values to trees.

    Args:
        remotes: where functions and iterators are offered; without it they cannot cross.
        known: values with the numbers 0, 1, … that the other end holds already.
    """

    def __init__(self, remotes: Remotes | None = None, known: Iterable[Any] = ()) -> None:
        self.remotes = remotes
        #: Numbered values in order. They are kept, so that no other takes their identity.
        self.met: list[Any] = list(known)
        #: Numbers in the order in which they were given or used.
        self.trail: list[int] = []
        self._numbers = {id(value): number for number, value in enumerate(self.met)}
        self._open: set[int] = set()
        self._parts = 0
        self._level = 0

    def encode(self, value: Any) -> Tree:
        """Give the tree of a value.

        Raises:
            CannotCross: the value, or a part of it, is not on the list, or it is too large.
        """
        kind = type(value)
        if kind in STANDS_FOR_ITSELF:
            return value
        if kind is int:
            return encode_int(value)
        self._parts += 1
        self._level += 1
        if self._parts > MOST_PARTS:
            raise CannotCross(f"a value of more than {MOST_PARTS:,} parts")
        if self._level > MOST_LEVELS:
            raise CannotCross(f"a value that is nested more than {MOST_LEVELS} levels deep")
        try:
            if self.remotes is not None and self.remotes.stays(value):
                return self.remotes.offer(value)
            return _encoder_of(kind, value)(self, value)
        finally:
            self._level -= 1

    def encode_all(self, values: Iterable[Any]) -> list[Tree]:
        """Give the trees of several values."""
        encode = self.encode
        trees = [value if type(value) in STANDS_FOR_ITSELF else encode(value) for value in values]
        self._parts += len(trees)
        return trees

    def attempt(self, value: Any) -> Tree:
        """Give the tree of a value; where it cannot cross, nothing of it stays numbered."""
        count = len(self.met)
        try:
            return self.encode(value)
        except CannotCross:
            for left in self.met[count:]:
                self._numbers.pop(id(left), None)
            del self.met[count:]
            raise

    def numbered(self, value: Any, encode: Callable[[], Tree]) -> Tree:
        """Give the tree of a value that may be met again, or of its number.

        Raises:
            CannotCross: the value holds itself.
        """
        number = self._numbers.get(id(value))
        if number is not None:
            if id(value) in self._open:
                raise CannotCross("a value that holds itself")
            self.trail.append(number)
            return ["r", number]
        self.trail.append(len(self.met))
        self._numbers[id(value)] = len(self.met)
        self.met.append(value)
        self._open.add(id(value))
        try:
            return encode()
        finally:
            self._open.discard(id(value))

    def contents(self, value: Any) -> Tree:
        """Give the tree of a numbered value as it is now; the other end gives it a new number."""
        number = self._numbers.pop(id(value))
        try:
            return self.encode(value)
        finally:
            self._numbers[id(value)] = number


class Decoder:
    """Trees to values.

    Args:
        remotes: gives what stands for functions and iterators.
        known: values with the numbers 0, 1, … that the other end may refer to.
    """

    def __init__(self, remotes: Remotes | None = None, known: Iterable[Any] = ()) -> None:
        self.remotes = remotes
        self.met: list[Any] = list(known)
        #: Numbers in the order in which they were given or used.
        self.trail: list[int] = []

    def decode(self, tree: Tree) -> Any:
        """Give the value of a tree.

        Raises:
            Unreadable: it is no tree of a value.
        """
        try:
            return self.read(tree)
        except Unreadable:
            raise
        except (MemoryError, RecursionError):
            raise Unreadable("a value that is too large or too deep") from None
        except Exception as error:
            raise Unreadable(f"not a value: {type(error).__name__}") from None

    def read(self, tree: Tree) -> Any:
        """Give the value of a part of a tree; raises whatever a wrong tree leads to."""
        if type(tree) is not list:
            if type(tree) in STANDS_FOR_ITSELF or type(tree) is int:
                return tree
            raise Unreadable("not a value")
        tag = tree[0]
        if tag == "r":
            return self._again(tree[1])
        reader = _reader_of(tag)
        return reader(self, tree)

    def read_all(self, trees: Tree) -> list[Any]:
        """Give the values of several trees."""
        if type(trees) is not list:
            raise Unreadable("not a list")
        return [self.read(tree) if type(tree) is list else tree for tree in trees]

    def reserve(self) -> int:
        """Take the next number for a value that is about to be read."""
        self.trail.append(len(self.met))
        self.met.append(_UNFINISHED)
        return len(self.met) - 1

    def _again(self, number: Tree) -> Any:
        if type(number) is not int or not 0 <= number < len(self.met):
            raise Unreadable("a reference to nothing")
        self.trail.append(number)
        value = self.met[number]
        if value is _UNFINISHED:
            raise Unreadable("a value that holds itself")
        return value


_UNFINISHED = object()


def dumps(tree: Tree) -> bytes:
    """Give a tree as bytes.

    Raises:
        CannotCross: it is too large.
    """
    try:
        data = json.dumps(tree, separators=(",", ":")).encode("ascii")
    except ValueError:
        raise CannotCross("a number of too many digits") from None
    if len(data) > MOST_BYTES:
        raise CannotCross(f"a value of more than {MOST_BYTES // 1024**2} MB")
    return data


def loads(data: bytes) -> Tree:
    """Give the tree of bytes that may be anything.

    Raises:
        Unreadable: they are no JSON, or too many.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("a value that is too large")
    try:
        return json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        raise Unreadable("not JSON") from None


# --- parts that many types have ---------------------------------------------------------------

STANDS_FOR_ITSELF = frozenset({type(None), bool, float, str})


def encode_int(value: int) -> Tree:
    """Give a whole number; one of very many digits in another way than JSON does."""
    value = int.__index__(value)
    if -_PLAIN_INT < value < _PLAIN_INT:
        return value
    if value.bit_length() > _MOST_BITS:
        raise CannotCross("a number of too many digits")
    return ["i", hex(value)]


def pack(value: Any) -> str:
    """Give bytes as text."""
    return base64.b64encode(value).decode("ascii")


def read_text(tree: Tree) -> str:
    """Give text that stands in a tree."""
    if type(tree) is not str:
        raise Unreadable("not a text")
    return tree


def read_number(tree: Tree) -> int:
    """Give a whole number that stands in a tree."""
    if type(tree) is list and len(tree) == 2 and tree[0] == "i":
        return read_int(None, tree)
    if type(tree) is not int:
        raise Unreadable("not a whole number")
    return tree


def read_bytes(tree: Tree) -> bytes:
    """Give bytes that stand in a tree."""
    return base64.b64decode(read_text(tree), validate=True)


def read_int(_: Decoder | None, tree: list[Tree]) -> int:
    """Give a whole number of very many digits."""
    text = read_text(tree[1])
    if len(text) > _MOST_BITS // 4 + 3:
        raise Unreadable("a number of too many digits")
    return int(text, 16)


# --- who encodes and reads what ---------------------------------------------------------------

Encode = Callable[[Encoder, Any], Tree]
Read = Callable[[Decoder, list[Tree]], Any]

_ENCODERS: dict[type, Encode] = {}
_READERS: dict[Any, Read] = {}
#: Where the types of Python itself are.
_OWN = ("codec_plain", "codec_types")
#: Where the types of a library are, by the first part of a type's module.
_LIBRARIES = {"numpy": "codec_numpy", "pandas": "codec_pandas", "networkx": "codec_networkx"}
#: Libraries by the beginning of a tag.
_TAGS = {"np": "numpy", "pd": "pandas", "nx": "networkx"}


def load_libraries() -> None:
    """Load the codecs of Python and of the libraries that are installed, once for all forks."""
    _load_own()
    for name in _LIBRARIES:
        try:
            _READERS.update(_library(name).READERS)
        except ImportError:
            continue


def _library(name: str) -> Any:
    """The codec of a library, where that library is there."""
    importlib.import_module(name)
    return _module(_LIBRARIES[name])


def _module(name: str) -> Any:
    return importlib.import_module(f"{__name__.rpartition('.')[0]}.{name}")


def _load_own() -> None:
    for name in _OWN:
        _ENCODERS.update(_module(name).ENCODERS)
        _READERS.update(_module(name).READERS)


def _encoder_of(kind: type, value: Any) -> Encode:
    """How a value of a type is encoded; a subclass that a student made counts as its base."""
    if not _ENCODERS:
        _load_own()
    found = _ENCODERS.get(kind) or _of_library(kind) or _of_base(kind)
    if found is not None:
        _ENCODERS[kind] = found
        return found
    if isinstance(value, Iterator) or callable(value):
        return _offer
    raise CannotCross(_what(kind))


def _of_library(kind: type) -> Encode | None:
    """How a library's own type is encoded: it may have a plain base beside the library's."""
    for base in kind.__mro__:
        library = str(getattr(base, "__module__", "")).partition(".")[0]
        if library in _LIBRARIES and library in sys.modules:
            encoders: dict[type, Encode] = _library(library).ENCODERS
            if base in encoders:
                return encoders[base]
    return None


def _of_base(kind: type) -> Encode | None:
    return next((_ENCODERS[base] for base in kind.__mro__ if base in _ENCODERS), None)


def data_type(kind: type) -> type | None:
    """Give the type on the list that a type is, or that it is derived from."""
    plain = _module("codec_plain").ENCODERS
    return next((base for base in kind.__mro__ if base in plain or _of_library(base)), None)


def data_types() -> list[type]:
    """Give all types on the list that are loaded."""
    libraries = (_library(name) for name in _LIBRARIES if name in sys.modules)
    found = [kind for library in libraries for kind in library.ENCODERS]
    return [*found, *_module("codec_plain").ENCODERS]


def as_data(encoder: Encoder, value: Any) -> Tree:
    """Give the tree of an object as the type on the list that its own is derived from."""
    return _encoder_of(type(value), value)(encoder, value)


def _offer(encoder: Encoder, value: Any) -> Tree:
    if encoder.remotes is None:
        raise CannotCross(_what(type(value)))
    return encoder.remotes.offer(value)


def _what(kind: type) -> str:
    """Say in plain words what kind of value does not cross."""
    module = getattr(kind, "__module__", "")
    name = getattr(kind, "__qualname__", "?")
    if module == "__main__":
        return f"an object of the class {name} that is defined in the notebook"
    return f"an object of the type {module}.{name}" if module != "builtins" else f"a {name}"


def _reader_of(tag: Tree) -> Read:
    """How a tree with a tag is read."""
    if not _READERS:
        _load_own()
    if tag in _READERS:
        return _READERS[tag]
    library = _TAGS.get(read_text(tag).partition(".")[0])
    if library is None:
        raise Unreadable("an unknown tag")
    _READERS.update(_library(library).READERS)
    return _READERS[tag]
