"""Python's own values as data: numbers, texts, containers, dates, patterns."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import pathlib
import re
import types
import uuid
import zoneinfo
from collections.abc import Callable
from typing import Any

from .codec import (
    CannotCross,
    Decoder,
    Encode,
    Encoder,
    Read,
    Tree,
    Unreadable,
    encode_int,
    pack,
    read_bytes,
    read_int,
    read_number,
    read_text,
)


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
    return encoder.numbered(value, lambda: ["ba", pack(value)])


def _encode_range(_: Encoder, value: range) -> Tree:
    return ["range", encode_int(value.start), encode_int(value.stop), encode_int(value.step)]


def _encode_slice(encoder: Encoder, value: slice) -> Tree:
    return ["slice", *encoder.encode_all((value.start, value.stop, value.step))]


def encode_zone(zone: datetime.tzinfo | None, at: datetime.datetime | None) -> Tree:
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
    return ["dt", text, value.fold, encode_zone(value.tzinfo, value)]


def _encode_time(_: Encoder, value: datetime.time) -> Tree:
    text = datetime.time.isoformat(datetime.time.replace(value, tzinfo=None))
    return ["time", text, value.fold, encode_zone(value.tzinfo, None)]


def _encode_pattern(encoder: Encoder, value: re.Pattern[Any]) -> Tree:
    return ["re", encoder.encode(value.pattern), value.flags]


def _encode_match(encoder: Encoder, value: re.Match[Any]) -> Tree:
    how = [encoder.encode(part) for part in (value.re, value.string, value.pos, value.endpos)]
    return ["match", *how, [list(pair) for pair in value.regs]]


#: A student's class may say otherwise.
_PARTS_OF_COMPLEX: Any = (complex.real, complex.imag)

ENCODERS: dict[type, Encode] = {
    bool: lambda _, value: value,
    int: lambda _, value: encode_int(value),
    float: lambda _, value: float.__float__(value),
    str: lambda _, value: str.__str__(value),
    complex: lambda _, value: ["c", *(part.__get__(value) for part in _PARTS_OF_COMPLEX)],
    bytes: lambda _, value: ["b", pack(value)],
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
    fractions.Fraction: lambda _, value: [
        "frac",
        encode_int(value.numerator),
        encode_int(value.denominator),
    ],
    datetime.datetime: _encode_datetime,
    datetime.date: lambda _, value: ["date", datetime.date.isoformat(value)],
    datetime.time: _encode_time,
    datetime.timedelta: lambda _, v: ["delta", v.days, v.seconds, v.microseconds],
    datetime.timezone: lambda _, value: ["tz", encode_zone(value, None)],
    zoneinfo.ZoneInfo: lambda _, value: ["tz", encode_zone(value, None)],
    pathlib.PurePath: lambda _, value: ["path", str(value)],
    uuid.UUID: lambda _, value: ["uuid", value.hex],
    re.Pattern: _encode_pattern,
    re.Match: _encode_match,
    type(Ellipsis): lambda _, __: ["ellipsis"],
    type(NotImplemented): lambda _, __: ["notimplemented"],
}


# --- reading ----------------------------------------------------------------------------------


def _read_list(decoder: Decoder, tree: list[Tree]) -> list[Any]:
    number = decoder.reserve()
    value = decoder.read_all(tree[1])
    decoder.met[number] = value
    return value


def _read_namedtuple(decoder: Decoder, tree: list[Tree]) -> Any:
    name, fields = read_text(tree[1]), tuple(read_text(field) for field in tree[2])
    parts = decoder.read_all(tree[3])
    if len(parts) != len(fields) or len(fields) > 255:
        raise Unreadable("a tuple with other fields than it has parts")
    return _class_of(name, fields)(*parts)


def _read_namedtuple_class(decoder: Decoder, tree: list[Tree]) -> Any:
    kind = _class_of(read_text(tree[1]), tuple(read_text(field) for field in tree[2]))
    defaults = decoder.read(tree[3]) or ()
    kind.__new__.__defaults__ = defaults
    kind._field_defaults = dict(zip(kind._fields[::-1], defaults[::-1], strict=False))
    return kind


def _class_of(name: str, fields: tuple[str, ...]) -> Any:
    key = (name, fields)
    if key not in _named and len(_named) < 1000:
        _named[key] = collections.namedtuple(name, fields, module="__main__")
    return _named[key]


_named: dict[tuple[str, tuple[str, ...]], Any] = {}


def _read_mapping(make: Callable[[], Any]) -> Read:
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


def read_zone(tree: Tree) -> datetime.tzinfo | None:
    """Give a time zone that stands in a tree."""
    if tree is None:
        return None
    if tree[0] == "zone":
        return zoneinfo.ZoneInfo(read_text(tree[1]))
    shift = datetime.timedelta(seconds=read_number(tree[1]), microseconds=read_number(tree[2]))
    if not shift and tree[3] in (None, "UTC"):
        return datetime.UTC
    named = () if tree[3] is None else (read_text(tree[3]),)
    return datetime.timezone(shift, *named)


def _read_datetime(_: Decoder, tree: list[Tree]) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(read_text(tree[1]))
    return moment.replace(fold=read_number(tree[2]), tzinfo=read_zone(tree[3]))


def _read_time(_: Decoder, tree: list[Tree]) -> datetime.time:
    moment = datetime.time.fromisoformat(read_text(tree[1]))
    return moment.replace(fold=read_number(tree[2]), tzinfo=read_zone(tree[3]))


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


def _read_remote(decoder: Decoder, tree: list[Tree]) -> Any:
    if decoder.remotes is None:
        raise Unreadable("a function where none may stand")
    return decoder.remotes.take(tree)


READERS: dict[Any, Read] = {
    "i": read_int,
    "c": lambda _, tree: complex(float(tree[1]), float(tree[2])),
    "b": lambda _, tree: read_bytes(tree[1]),
    "ba": _read_bytearray,
    "l": _read_list,
    "t": lambda decoder, tree: tuple(decoder.read_all(tree[1])),
    "nt": _read_namedtuple,
    "ntc": _read_namedtuple_class,
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
    "dec": lambda _, tree: decimal.Decimal(read_text(tree[1])),
    "frac": lambda _, tree: fractions.Fraction(read_number(tree[1]), read_number(tree[2])),
    "dt": _read_datetime,
    "date": lambda _, tree: datetime.date.fromisoformat(read_text(tree[1])),
    "time": _read_time,
    "delta": lambda _, tree: datetime.timedelta(*(read_number(part) for part in tree[1:4])),
    "tz": lambda _, tree: read_zone(tree[1]),
    "path": lambda _, tree: pathlib.Path(read_text(tree[1])),
    "uuid": lambda _, tree: uuid.UUID(hex=read_text(tree[1])),
    "re": _read_pattern,
    "match": _read_match,
    "ellipsis": lambda _, __: ...,
    "notimplemented": lambda _, __: NotImplemented,
    "fn": _read_remote,
    "it": _read_remote,
    "own": _read_remote,
    "cls": _read_remote,
    "ob": _read_remote,
}
