"""Leave the bulk out of a huge notebook while it is read.

Outputs are computed anew, so they need not be read, and they are what makes a notebook huge.
The text is passed over in pieces, without building anything from it: memory stays bounded
whatever the file holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_CHUNK = 1 << 22

#: Brackets that are looked at one by one, which takes time.
_MOST_BRACKETS = 1_000_000

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_FLAT = rb'[^"\[\]{}]*+(?:' + _STRING + rb'[^"\[\]{}]*+)*+'
#: All up to the next bracket or to a string that does not end in this piece.
_TO_BRACKET = re.compile(_FLAT, re.DOTALL)
_LEAVES = rb'(?:[^"\[\]{}]++|' + _STRING + rb"|\[" + _FLAT + rb"\]|\{" + _FLAT + rb"\})*+"
#: The same, and over pairs of brackets that hold others two deep at most: such as rows of a
#: table, for what is left out anyway.
_OVER_ROWS = re.compile(
    rb'(?:[^"\[\]{}]++|' + _STRING + rb"|\[" + _LEAVES + rb"\]|\{" + _LEAVES + rb"\})*+",
    re.DOTALL,
)
_REST_OF_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_STRINGS = re.compile(_STRING, re.DOTALL)
_BRACKETS = re.compile(rb"[\[{]+|[\]}]+")


class TooLarge(Exception):
    """Even without the outputs there is more than may be read."""


@dataclass(frozen=True)
class Slimmed:
    """JSON without its bulk.

    Attributes:
        data: the JSON; broken where the file was.
        dropped: whether anything was left out.
    """

    data: bytes
    dropped: bool


def slim(read: Callable[[int], bytes], keys: tuple[str, ...], most: int) -> Slimmed:
    """Read JSON, the lists and objects under some keys left empty.

    Args:
        read: gives the next bytes, at most as many as asked for; none at the end.
        keys: the keys whose lists and objects are emptied, wherever they stand.
        most: how many bytes may be kept.

    Raises:
        TooLarge: more would have to be kept, or it would take too long.
    """
    slimmer = _Slimmer(keys, most)
    while chunk := read(_CHUNK):
        slimmer.feed(chunk)
    return Slimmed(bytes(slimmer.kept), slimmer.dropped)


@dataclass(frozen=True)
class Shape:
    """How much would have to be built to read JSON.

    Attributes:
        parts: about how many values it holds.
        depth: how many brackets stand in each other.
    """

    parts: int
    depth: int


def shape(data: bytes, most: int) -> Shape:
    """Measure JSON without reading it; the depth only where it holds at most `most` values."""
    bare = _STRINGS.sub(b"", data)
    parts = bare.count(b",") + bare.count(b"[") + bare.count(b"{")
    depth = deepest = 0
    for run in _BRACKETS.finditer(bare) if parts <= most else ():
        width = run.end() - run.start()
        depth = depth + width if bare[run.start()] in b"[{" else max(0, depth - width)
        deepest = max(deepest, depth)
    return Shape(parts, deepest)


class _Slimmer:
    """Walks over JSON piece by piece, from bracket to bracket."""

    def __init__(self, keys: tuple[str, ...], most: int) -> None:
        names = b"|".join(re.escape(key.encode()) for key in keys)
        self._before = re.compile(rb'"(?:' + names + rb')"\s*:\s*\Z')
        self._most = most
        self._depth = 0
        self._brackets = 0
        self._dropping_at: int | None = None
        self._in_string = False
        self._carry = b""
        self.kept = bytearray()
        self.dropped = False

    def feed(self, chunk: bytes) -> None:
        data, at = self._carry + chunk, 0
        self._carry = b""
        while at < len(data):
            at = self._string(data, at) if self._in_string else self._structure(data, at)

    def _keep(self, piece: bytes) -> None:
        if self._dropping_at is None:
            self.kept += piece
            if len(self.kept) > self._most:
                raise TooLarge

    def _string(self, data: bytes, at: int) -> int:
        found = _REST_OF_STRING.match(data, at)
        end = found.end() if found else at
        if data[end : end + 1] == b'"':
            self._in_string = False
            end += 1
        elif end < len(data):  # a backslash whose letter comes with the next piece
            self._carry = data[end:]
            self._keep(data[at:end])
            return len(data)
        self._keep(data[at:end])
        return end

    def _structure(self, data: bytes, at: int) -> int:
        pattern = _TO_BRACKET if self._dropping_at is None else _OVER_ROWS
        found = pattern.match(data, at)
        end = found.end() if found else at
        self._keep(data[at:end])
        if end < len(data):
            self._token(data[end : end + 1])
        return end + 1

    def _token(self, token: bytes) -> None:
        if token == b'"':
            self._in_string = True
            self._keep(token)
            return
        self._brackets += 1
        if self._brackets > _MOST_BRACKETS:
            raise TooLarge
        if token in b"[{":
            self._depth += 1
            drop = self._dropping_at is None and self._before.search(self.kept[-80:])
            self._keep(token)
            if drop:
                self._dropping_at = self._depth
                self.dropped = True
        else:
            if self._depth == self._dropping_at:
                self._dropping_at = None
            self._depth -= 1
            self._keep(token)
