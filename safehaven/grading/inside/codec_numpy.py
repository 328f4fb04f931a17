"""NumPy's scalars and arrays as data: raw bytes with a type and a shape."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

from .codec import (
    MOST_BYTES,
    CannotCross,
    Decoder,
    Encoder,
    Tree,
    Unreadable,
    pack,
    read_bytes,
    read_number,
)

#: Types whose bytes say all: numbers, booleans, moments, spans of time and fixed-width texts.
_DTYPE = re.compile(r"[<>|=]?[?biufcSUmM]\d{0,9}(\[[0-9a-zA-Zμ/]{1,20}\])?")
_MOST_DIMENSIONS = 32


def encode_array(encoder: Encoder, value: Any) -> Tree:
    """Give the contents of an array, or raise CannotCross for records and what is too large."""
    array = np.asarray(value)
    if array.dtype == object:
        return ["np.o", list(array.shape), encoder.encode_all(array.ravel(order="C").tolist())]
    _check(array.dtype)
    if array.size * array.itemsize > MOST_BYTES // 2:
        raise CannotCross(f"an array of more than {MOST_BYTES // 2 // 1024**2} MB")
    return ["np.a", array.dtype.str, list(array.shape), pack(array.tobytes())]


def _encode_numbered(encoder: Encoder, value: Any) -> Tree:
    return encoder.numbered(value, lambda: ["np.n", encode_array(encoder, value)])


def _read_numbered(decoder: Decoder, tree: list[Tree]) -> Any:
    number = decoder.reserve()
    value = decoder.read(tree[1])
    if not isinstance(value, np.ndarray):
        raise Unreadable("not an array")
    decoder.met[number] = value
    return value


def _check(dtype: Any) -> None:
    if not _DTYPE.fullmatch(dtype.str):
        raise CannotCross(f"an array of the type {dtype}")


def _read_array(_: Decoder, tree: list[Tree]) -> Any:
    """Give an array of its own memory."""
    dtype = read_dtype(tree[1])
    shape, data = _shape(tree[2]), read_bytes(tree[3])
    if len(data) != math.prod(shape) * dtype.itemsize:
        raise Unreadable("an array of another size than it says")
    if not data:
        return np.empty(shape, dtype)
    return np.frombuffer(data, dtype=dtype).reshape(shape).copy()


def read_dtype(tree: Tree) -> Any:
    """Give an array's type by name."""
    if type(tree) is not str or not _DTYPE.fullmatch(tree):
        raise Unreadable("an unknown type of array")
    return np.dtype(tree)


def _shape(tree: Tree) -> tuple[int, ...]:
    shape = tuple(read_number(size) for size in tree)
    if len(shape) > _MOST_DIMENSIONS or any(not 0 <= size < 2**31 for size in shape):
        raise Unreadable("an array of an impossible shape")
    if math.prod(shape) > MOST_BYTES:
        raise Unreadable("an array that is too large")
    return shape


def _read_objects(decoder: Decoder, tree: list[Tree]) -> Any:
    shape, parts = _shape(tree[1]), decoder.read_all(tree[2])
    if len(parts) != math.prod(shape):
        raise Unreadable("an array of another size than it says")
    value = np.empty(len(parts), dtype=object)
    for place, part in enumerate(parts):
        value[place] = part
    return value.reshape(shape)


def _encode_scalar(_: Encoder, value: Any) -> Tree:
    """Give one number, text or moment."""
    array = np.asarray(value)
    _check(array.dtype)
    return ["np.s", array.dtype.str, pack(array.tobytes())]


def _read_scalar(_: Decoder, tree: list[Tree]) -> Any:
    """Give one number, text or moment."""
    dtype, data = read_dtype(tree[1]), read_bytes(tree[2])
    if not data:
        return dtype.type()
    (value,) = np.frombuffer(data, dtype=dtype)
    return value


def _encode_dtype(_: Encoder, value: Any) -> Tree:
    if value.hasobject and value.kind == "O":
        return ["np.d", "object"]
    _check(value)
    return ["np.d", value.str]


def _read_dtype(_: Decoder, tree: list[Tree]) -> Any:
    return np.dtype(object) if tree[1] == "object" else read_dtype(tree[1])


ENCODERS = {
    np.ndarray: _encode_numbered,
    np.generic: _encode_scalar,
    np.dtype: _encode_dtype,
}
READERS = {
    "np.n": _read_numbered,
    "np.a": _read_array,
    "np.o": _read_objects,
    "np.s": _read_scalar,
    "np.d": _read_dtype,
}
