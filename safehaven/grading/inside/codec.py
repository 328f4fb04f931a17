"""Values as data and back: a closed list of types, nothing that runs on arrival.

A value is encoded as a tree for JSON. None, booleans, numbers and strings stand for themselves;
all else is a list that begins with a tag. Lists, dicts, sets, arrays, tables and graphs are
numbered in the order in which they are met, so that a value that is met twice stays one value.

The other end may send anything. What arrives is rebuilt from the types of this list and of
`codec_numpy`, `codec_pandas` and `codec_networkx` alone; whatever does not fit is `Unreadable`.
"""

from __future__ import annotations

import base64
import collections
import datetime
import decimal
import fractions
import json
import pathlib
import re
import sys
import types
import uuid
import zoneinfo
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
    """What stands for functions and iterators, which stay where they are."""

    def offer(self, value: Any) -> Tree:
        """Describe a function or an iterator that the other end may use."""

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
        if kind in _STANDS_FOR_ITSELF:
            return value
        if kind is int:
            return _int(value)
        self._parts += 1
        self._level += 1
        if self._parts > MOST_PARTS:
            raise CannotCross(f"a value of more than {MOST_PARTS:,} parts")
        if self._level > MOST_LEVELS:
            raise CannotCross(f"a value that is nested more than {MOST_LEVELS} levels deep")
        try:
            return _encoder_of(kind, value)(self, value)
        finally:
            self._level -= 1

    def encode_all(self, values: Iterable[Any]) -> list[Tree]:
        """Give the trees of several values."""
        encode = self.encode
        trees = [value if type(value) in _STANDS_FOR_ITSELF else encode(value) for value in values]
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
            if type(tree) in _STANDS_FOR_ITSELF or type(tree) is int:
                return tree
            raise Unreadable("not a value")
        tag = tree[0]
        if tag == "r":
            return self._again(tree[1])
        reader = _READERS.get(tag) or _library_reader(tag)
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


# --- encoding ---------------------------------------------------------------------------------

_Encode = Callable[[Encoder, Any], Tree]
_STANDS_FOR_ITSELF = frozenset({type(None), bool, float, str})


def _int(value: int) -> Tree:
    value = int.__index__(value)
    if -_PLAIN_INT < value < _PLAIN_INT:
        return value
    if value.bit_length() > _MOST_BITS:
        raise CannotCross("a number of too many digits")
    return ["i", hex(value)]


def _bytes(value: Any) -> str:
    return base64.b64encode(value).decode("ascii")


def _encode_list(encoder: Encoder, value: list[Any]) -> Tree:
    return encoder.numbered(value, lambda: ["l", encoder.encode_all(list.__iter__(value))])


def _encode_tuple(encoder: Encoder, value: tuple[Any, ...]) -> Tree:
    parts = encoder.encode_all(tuple.__iter__(value))
    fields = getattr(type(value), "_fields", None)
    if type(value).__mro__[1] is tuple and type(fields) is tuple and len(fields) == len(parts):
        return ["nt", type(value).__name__, [str(field) for field in fields], parts]
    return ["t", parts]


def _encode_dict(encoder: Encoder, value: dict[Any, Any]) -> Tree:
    return encoder.numbered(value, lambda: ["d", *_pairs(encoder, value)])


def _pairs(encoder: Encoder, value: dict[Any, Any]) -> tuple[list[Tree], list[Tree]]:
    return encoder.encode_all(dict.keys(value)), encoder.encode_all(dict.values(value))


def _encode_counter(encoder: Encoder, value: collections.Counter[Any]) -> Tree:
    return encoder.numbered(value, lambda: ["counter", *_pairs(encoder, value)])


def _encode_ordered(encoder: Encoder, value: collections.OrderedDict[Any, Any]) -> Tree:
    items = list(collections.OrderedDict.items(value))
    return encoder.numbered(
        value,
        lambda: [
            "ordered",
            encoder.encode_all(key for key, _ in items),
            encoder.encode_all(part for _, part in items),
        ],
    )


def _encode_defaultdict(encoder: Encoder, value: collections.defaultdict[Any, Any]) -> Tree:
    make = value.default_factory
    return encoder.numbered(
        value, lambda: ["default", encoder.encode(make), *_pairs(encoder, value)]
    )


def _encode_set(encoder: Encoder, value: set[Any]) -> Tree:
    return encoder.numbered(value, lambda: ["s", encoder.encode_all(set.__iter__(value))])


def _encode_frozenset(encoder: Encoder, value: frozenset[Any]) -> Tree:
    return ["fs", encoder.encode_all(frozenset.__iter__(value))]


def _encode_deque(encoder: Encoder, value: collections.deque[Any]) -> Tree:
    parts = list(collections.deque.__iter__(value))
    return encoder.numbered(value, lambda: ["deque", value.maxlen, encoder.encode_all(parts)])


def _encode_bytearray(encoder: Encoder, value: bytearray) -> Tree:
    return encoder.numbered(value, lambda: ["ba", _bytes(value)])


def _encode_range(_: Encoder, value: range) -> Tree:
    return ["range", _int(value.start), _int(value.stop), _int(value.step)]


def _encode_slice(encoder: Encoder, value: slice) -> Tree:
    return ["slice", *encoder.encode_all((value.start, value.stop, value.step))]


def _encode_zone(zone: datetime.tzinfo | None, at: datetime.datetime | None) -> Tree:
    """Give a time zone: by name where it has one, else what it is at that moment."""
    if zone is None:
        return None
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)
    if isinstance(name, str):
        return ["zone", name]
    shift = zone.utcoffset(at)
    if shift is None:
        raise CannotCross("a time with a time zone that says no time")
    return ["shift", shift.days * 86_400 + shift.seconds, shift.microseconds, zone.tzname(at)]


def _encode_datetime(_: Encoder, value: datetime.datetime) -> Tree:
    plain = datetime.datetime.replace(value, tzinfo=None)
    text = datetime.datetime.isoformat(plain)
    return ["dt", text, value.fold, _encode_zone(value.tzinfo, value)]


def _encode_time(_: Encoder, value: datetime.time) -> Tree:
    text = datetime.time.isoformat(datetime.time.replace(value, tzinfo=None))
    return ["time", text, value.fold, _encode_zone(value.tzinfo, None)]


def _encode_pattern(encoder: Encoder, value: re.Pattern[Any]) -> Tree:
    return ["re", encoder.encode(value.pattern), value.flags]


def _encode_match(encoder: Encoder, value: re.Match[Any]) -> Tree:
    how = [encoder.encode(part) for part in (value.re, value.string, value.pos, value.endpos)]
    return ["match", *how, [list(pair) for pair in value.regs]]


def _encode_type(_: Encoder, value: type) -> Tree:
    name = _name_of_type(value)
    if name is None:
        raise CannotCross(f"the class {value.__name__}")
    return ["type", name]


def _encode_module(_: Encoder, value: types.ModuleType) -> Tree:
    return ["module", str(value.__name__)]


def _encode_exception(encoder: Encoder, value: BaseException) -> Tree:
    return encode_error(encoder, value)


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


_ENCODERS: dict[type, _Encode] = {
    bool: lambda _, value: value,
    int: lambda _, value: _int(value),
    float: lambda _, value: float.__float__(value),
    str: lambda _, value: str.__str__(value),
    complex: lambda _, value: ["c", value.real, value.imag],
    bytes: lambda _, value: ["b", _bytes(value)],
    bytearray: _encode_bytearray,
    list: _encode_list,
    tuple: _encode_tuple,
    collections.Counter: _encode_counter,
    collections.OrderedDict: _encode_ordered,
    collections.defaultdict: _encode_defaultdict,
    dict: _encode_dict,
    set: _encode_set,
    frozenset: _encode_frozenset,
    collections.deque: _encode_deque,
    range: _encode_range,
    slice: _encode_slice,
    type({}.keys()): lambda encoder, value: ["keys", encoder.encode_all(value)],
    type({}.values()): lambda encoder, value: ["values", encoder.encode_all(value)],
    type({}.items()): lambda encoder, value: ["items", encoder.encode_all(value)],
    types.MappingProxyType: lambda encoder, value: encoder.encode(dict(value)),
    decimal.Decimal: lambda _, value: ["dec", decimal.Decimal.__str__(value)],
    fractions.Fraction: lambda _, value: ["frac", _int(value.numerator), _int(value.denominator)],
    datetime.datetime: _encode_datetime,
    datetime.date: lambda _, value: ["date", datetime.date.isoformat(value)],
    datetime.time: _encode_time,
    datetime.timedelta: lambda _, v: ["delta", v.days, v.seconds, v.microseconds],
    datetime.timezone: lambda _, value: ["tz", _encode_zone(value, None)],
    zoneinfo.ZoneInfo: lambda _, value: ["tz", _encode_zone(value, None)],
    pathlib.PurePath: lambda _, value: ["path", str(value)],
    uuid.UUID: lambda _, value: ["uuid", value.hex],
    re.Pattern: _encode_pattern,
    re.Match: _encode_match,
    type(Ellipsis): lambda _, __: ["ellipsis"],
    type(NotImplemented): lambda _, __: ["notimplemented"],
    type: _encode_type,
    types.ModuleType: _encode_module,
    BaseException: _encode_exception,
}

#: Where the encoders and readers of a library are, by the first part of a type's module or tag.
_LIBRARIES = {"numpy": "codec_numpy", "pandas": "codec_pandas", "networkx": "codec_networkx"}


def load_libraries() -> None:
    """Load the codecs of the libraries that are installed, once for all forks."""
    for name in _LIBRARIES:
        try:
            _library(name)
        except ImportError:
            continue


def _library(name: str) -> Any:
    """The codec of a library, where that library is there."""
    __import__(name)
    package = __name__.rpartition(".")[0]
    return __import__(f"{package}.{_LIBRARIES[name]}", fromlist=["ENCODERS"])


def _encoder_of(kind: type, value: Any) -> _Encode:
    """How a value of a type is encoded; a subclass that a student made counts as its base."""
    found = _ENCODERS.get(kind) or _of_library(kind) or _of_base(kind)
    if found is not None:
        _ENCODERS[kind] = found
        return found
    if isinstance(value, Iterator) or callable(value):
        return _offer
    raise CannotCross(_what(kind))


def _of_library(kind: type) -> _Encode | None:
    """How a library's own type is encoded: it may have a plain base beside the library's."""
    for base in kind.__mro__:
        library = str(getattr(base, "__module__", "")).partition(".")[0]
        if library in _LIBRARIES and library in sys.modules:
            encoders: dict[type, _Encode] = _library(library).ENCODERS
            if base in encoders:
                return encoders[base]
    return None


def _of_base(kind: type) -> _Encode | None:
    return next((_ENCODERS[base] for base in kind.__mro__ if base in _ENCODERS), None)


# --- decoding ---------------------------------------------------------------------------------

_Read = Callable[[Decoder, list[Tree]], Any]


def _read_text(tree: Tree) -> str:
    if type(tree) is not str:
        raise Unreadable("not a text")
    return tree


def read_number(tree: Tree) -> int:
    """Give a whole number that stands in a tree."""
    if type(tree) is list and len(tree) == 2 and tree[0] == "i":
        return _read_int(None, tree)
    if type(tree) is not int:
        raise Unreadable("not a whole number")
    return tree


def read_bytes(tree: Tree) -> bytes:
    """Give bytes that stand in a tree."""
    return base64.b64decode(_read_text(tree), validate=True)


def _read_int(_: Decoder | None, tree: list[Tree]) -> int:
    text = _read_text(tree[1])
    if len(text) > _MOST_BITS // 4 + 3:
        raise Unreadable("a number of too many digits")
    return int(text, 16)


def _read_list(decoder: Decoder, tree: list[Tree]) -> list[Any]:
    number = decoder.reserve()
    value = decoder.read_all(tree[1])
    decoder.met[number] = value
    return value


def _read_namedtuple(decoder: Decoder, tree: list[Tree]) -> Any:
    name, fields = _read_text(tree[1]), tuple(_read_text(field) for field in tree[2])
    parts = decoder.read_all(tree[3])
    if len(parts) != len(fields) or len(fields) > 255:
        raise Unreadable("a tuple with other fields than it has parts")
    key = (name, fields)
    if key not in _named and len(_named) < 1000:
        _named[key] = collections.namedtuple(name, fields, module="__main__")
    return _named[key](*parts)


_named: dict[tuple[str, tuple[str, ...]], Any] = {}


def _read_mapping(make: Callable[[], Any]) -> _Read:
    def read(decoder: Decoder, tree: list[Tree]) -> Any:
        number = decoder.reserve()
        value = make()
        _fill(decoder, value, tree[1], tree[2])
        decoder.met[number] = value
        return value

    return read


def _fill(decoder: Decoder, value: Any, keys: Tree, parts: Tree) -> None:
    names = decoder.read_all(keys)
    for name, part in zip(names, decoder.read_all(parts), strict=True):
        value[name] = part


def _read_defaultdict(decoder: Decoder, tree: list[Tree]) -> Any:
    number = decoder.reserve()
    make = decoder.read(tree[1])
    value: Any = collections.defaultdict(make)
    _fill(decoder, value, tree[2], tree[3])
    decoder.met[number] = value
    return value


def _read_set(decoder: Decoder, tree: list[Tree]) -> set[Any]:
    number = decoder.reserve()
    value = set(decoder.read_all(tree[1]))
    decoder.met[number] = value
    return value


def _read_deque(decoder: Decoder, tree: list[Tree]) -> Any:
    number = decoder.reserve()
    most = None if tree[1] is None else read_number(tree[1])
    value: Any = collections.deque(decoder.read_all(tree[2]), most)
    decoder.met[number] = value
    return value


def _read_bytearray(decoder: Decoder, tree: list[Tree]) -> bytearray:
    value = bytearray(read_bytes(tree[1]))
    decoder.met[decoder.reserve()] = value
    return value


def _read_zone(tree: Tree) -> datetime.tzinfo | None:
    if tree is None:
        return None
    if tree[0] == "zone":
        return zoneinfo.ZoneInfo(_read_text(tree[1]))
    shift = datetime.timedelta(seconds=read_number(tree[1]), microseconds=read_number(tree[2]))
    if not shift and tree[3] in (None, "UTC"):
        return datetime.UTC
    named = () if tree[3] is None else (_read_text(tree[3]),)
    return datetime.timezone(shift, *named)


def _read_datetime(_: Decoder, tree: list[Tree]) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(_read_text(tree[1]))
    return moment.replace(fold=read_number(tree[2]), tzinfo=_read_zone(tree[3]))


def _read_time(_: Decoder, tree: list[Tree]) -> datetime.time:
    moment = datetime.time.fromisoformat(_read_text(tree[1]))
    return moment.replace(fold=read_number(tree[2]), tzinfo=_read_zone(tree[3]))


def _read_pattern(decoder: Decoder, tree: list[Tree]) -> re.Pattern[Any]:
    return re.compile(decoder.read(tree[1]), read_number(tree[2]))


def _read_match(decoder: Decoder, tree: list[Tree]) -> re.Match[Any]:
    pattern, text = decoder.read(tree[1]), decoder.read(tree[2])
    where = (read_number(tree[3]), read_number(tree[4]))
    for search in (pattern.match, pattern.search, pattern.fullmatch):
        found: re.Match[Any] | None = search(text, *where)
        if found and [list(pair) for pair in found.regs] == tree[5]:
            return found
    raise Unreadable("not what the pattern finds")


def _read_type(_: Decoder, tree: list[Tree]) -> type:
    kind = _type_of_name(_read_text(tree[1]))
    if kind is None:
        raise Unreadable("an unknown type")
    return kind


def _read_module(_: Decoder, tree: list[Tree]) -> Any:
    return ModuleName(_read_text(tree[1]))


class ModuleName(str):
    """The name of a module that a name of the other end stands for."""


def _read_error(decoder: Decoder, tree: list[Tree]) -> BaseException:
    return read_error(decoder, tree)


def _read_remote(decoder: Decoder, tree: list[Tree]) -> Any:
    if decoder.remotes is None:
        raise Unreadable("a function where none may stand")
    return decoder.remotes.take(tree)


_READERS: dict[Any, _Read] = {
    "i": _read_int,
    "c": lambda _, tree: complex(float(tree[1]), float(tree[2])),
    "b": lambda _, tree: read_bytes(tree[1]),
    "ba": _read_bytearray,
    "l": _read_list,
    "t": lambda decoder, tree: tuple(decoder.read_all(tree[1])),
    "nt": _read_namedtuple,
    "d": _read_mapping(dict),
    "counter": _read_mapping(collections.Counter),
    "ordered": _read_mapping(collections.OrderedDict),
    "default": _read_defaultdict,
    "s": _read_set,
    "fs": lambda decoder, tree: frozenset(decoder.read_all(tree[1])),
    "deque": _read_deque,
    "range": lambda _, tree: range(*(read_number(part) for part in tree[1:4])),
    "slice": lambda decoder, tree: slice(*decoder.read_all(tree[1:4])),
    "keys": lambda decoder, tree: dict.fromkeys(decoder.read_all(tree[1])).keys(),
    "values": lambda decoder, tree: dict(enumerate(decoder.read_all(tree[1]))).values(),
    "items": lambda decoder, tree: dict(decoder.read_all(tree[1])).items(),
    "dec": lambda _, tree: decimal.Decimal(_read_text(tree[1])),
    "frac": lambda _, tree: fractions.Fraction(read_number(tree[1]), read_number(tree[2])),
    "dt": _read_datetime,
    "date": lambda _, tree: datetime.date.fromisoformat(_read_text(tree[1])),
    "time": _read_time,
    "delta": lambda _, tree: datetime.timedelta(*(read_number(part) for part in tree[1:4])),
    "tz": lambda _, tree: _read_zone(tree[1]),
    "path": lambda _, tree: pathlib.Path(_read_text(tree[1])),
    "uuid": lambda _, tree: uuid.UUID(hex=_read_text(tree[1])),
    "re": _read_pattern,
    "match": _read_match,
    "ellipsis": lambda _, __: ...,
    "notimplemented": lambda _, __: NotImplemented,
    "type": _read_type,
    "module": _read_module,
    "error": _read_error,
    "fn": _read_remote,
    "it": _read_remote,
    "own": _read_remote,
}

#: Libraries by the beginning of a tag.
_TAGS = {"np": "numpy", "pd": "pandas", "nx": "networkx"}


def _library_reader(tag: Tree) -> _Read:
    library = _TAGS.get(_read_text(tag).partition(".")[0])
    if library is None:
        raise Unreadable("an unknown tag")
    readers: dict[str, _Read] = _library(library).READERS
    _READERS.update(readers)
    return _READERS[tag]


# --- types and errors -------------------------------------------------------------------------

#: Types that cross by name, by the module in which they are found.
_TYPES = {
    "builtins": (
        *("object", "type", "bool", "int", "float", "complex", "str", "bytes", "bytearray"),
        *("list", "tuple", "dict", "set", "frozenset", "range", "slice", "enumerate", "zip"),
        *("map", "filter", "reversed"),
    ),
    "types": ("NoneType", "FunctionType", "GeneratorType"),
    "collections": ("Counter", "OrderedDict", "defaultdict", "deque"),
    "datetime": ("date", "datetime", "time", "timedelta", "timezone"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "pathlib": ("Path", "PosixPath", "PurePath"),
    "numpy": (
        *("ndarray", "generic", "number", "integer", "floating", "bool_", "int8", "int16"),
        *("int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32"),
        *("float64", "complex64", "complex128", "str_", "bytes_", "object_", "datetime64"),
        *("timedelta64", "dtype"),
    ),
    "pandas": (
        *("DataFrame", "Series", "Index", "MultiIndex", "RangeIndex", "DatetimeIndex"),
        *("Timestamp", "Timedelta", "Period", "Interval", "Categorical"),
    ),
    "networkx": ("Graph", "DiGraph", "MultiGraph", "MultiDiGraph"),
}

#: Modules whose own errors cross by name; a student's own class of error comes as its base.
_ERRORS = (
    *("builtins", "decimal", "json", "json.decoder", "statistics", "re", "csv", "struct"),
    *("zoneinfo", "queue", "asyncio", "subprocess", "numpy", "numpy.exceptions", "numpy.linalg"),
    *("pandas.errors", "networkx", "networkx.exception"),
)
_LONGEST_TEXT = 20_000


def _name_of_type(kind: type) -> str | None:
    for module, names in _TYPES.items():
        loaded = sys.modules.get(module)
        for name in names if loaded else ():
            if getattr(loaded, name, None) is kind:
                return f"{module}.{name}"
    if issubclass(kind, BaseException) and _error_of_name(kind.__module__, kind.__name__) is kind:
        return f"{kind.__module__}.{kind.__name__}"
    return None


def _type_of_name(name: str) -> type | None:
    module, _, short = name.rpartition(".")
    if short in _TYPES.get(module, ()):
        __import__(module)
        found = getattr(sys.modules[module], short, None)
        return found if isinstance(found, type) else None
    return _error_of_name(module, short)


def _error_of_name(module: str, name: str) -> type[BaseException] | None:
    if module not in _ERRORS or module not in sys.modules:
        return None
    found = vars(sys.modules[module]).get(name)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def encode_error(encoder: Encoder, error: BaseException) -> Tree:
    """Give an error: the name of its class, its bases that are known everywhere, and its text."""
    kind = type(error)
    bases = [
        [base.__module__, base.__name__]
        for base in kind.__mro__
        if _error_of_name(base.__module__, base.__name__) is base
    ]
    try:
        arguments = encoder.attempt(error.args)
    except CannotCross:
        arguments = None
    return ["error", str(kind.__name__), bases, arguments, _text_of(error)]


def _text_of(error: BaseException) -> str:
    try:
        return str.__str__(str(error))[:_LONGEST_TEXT]
    except Exception:
        return ""


def _named_error(name: str, base: type[BaseException]) -> type[BaseException]:
    return type(name, (base,), {"__module__": "__main__"})


def read_error(decoder: Decoder, tree: list[Tree]) -> BaseException:
    """Give an error of a class that is known here, or of a class of that name below its base."""
    name, text = _read_text(tree[1])[:200], _read_text(tree[4])[:_LONGEST_TEXT]
    arguments = (text,) if tree[3] is None else tuple(decoder.read(tree[3]))
    known = (_error_of_name(_read_text(base[0]), _read_text(base[1])) for base in tree[2])
    base = next((found for found in known if found), Exception)
    kind = base if base.__name__ == name or not name.isidentifier() else _named_error(name, base)
    try:
        error: BaseException = kind(*arguments)
    except Exception:
        error = Exception(text)
    return error
