"""Compare what answers return, whatever form it has, and make up inputs like those of a test."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

_DIGITS = 9
_HUGE = 1e300
_LARGEST = 60  # values in an input beyond which they are not changed one by one
_TOO_LARGE = 600  # values in a table beyond which it is left alone: the tests' own are small


class Digest(NamedTuple):
    """A value in short: as it is, and without the order of its lists."""

    exact: str
    loose: str


@dataclass(frozen=True)
class Call:
    """A call of a function: its name and what it is given."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def digest(value: Any) -> Digest:
    """What a value says. Numbers are alike up to nine digits, True and 1 are the same number."""
    return Digest(_hash(plain(value)), _hash(plain(value, ordered=False)))


def _hash(text: object) -> str:
    return hashlib.sha256(repr(text).encode()).hexdigest()[:16]


def plain(value: Any, *, ordered: bool = True) -> Any:
    """A value in plain tuples and texts: list, set, Series, index and array are all the same.

    Args:
        value: what an answer may return.
        ordered: whether the order of lists counts; that of a tuple always does.
    """
    if value is None or isinstance(value, str | bytes):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat().removesuffix("T00:00:00")
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        value = value.item()
    if isinstance(value, int | float):
        return _number(value)
    return _collection(value, ordered)


def _number(value: float) -> str:
    return f"{float(value) + 0.0:.{_DIGITS}g}" if abs(value) < _HUGE else "not a number, or huge"


def _collection(value: Any, ordered: bool) -> Any:
    def inner(part: Any) -> Any:
        return plain(part, ordered=ordered)

    if isinstance(value, Mapping):
        return ("map", *_sorted((inner(k), inner(v)) for k, v in value.items()))
    if isinstance(value, tuple):
        return ("tuple", *map(inner, value))
    if hasattr(value, "adj") and hasattr(value, "edges"):  # a networkx graph
        return _graph(value, inner)
    parts = _parts(value)
    if parts is None:
        return type(value).__name__
    in_order = ordered and not isinstance(value, set | frozenset)
    found = [inner(part) for part in parts]
    return ("list", *(found if in_order else _sorted(found)))


def _parts(value: Any) -> list[Any] | None:
    """What a collection holds; a pandas table holds its rows. None for anything else."""
    if hasattr(value, "columns") and hasattr(value, "to_dict"):
        return list(value.to_dict("records"))
    if hasattr(value, "tolist"):
        return list(value.tolist())
    return list(value) if isinstance(value, list | set | frozenset) else None


def _graph(graph: Any, inner: Any) -> Any:
    directed = graph.is_directed()
    pairs = [(inner(a), inner(b)) for a, b in graph.edges()]
    edges = pairs if directed else [tuple(_sorted(pair)) for pair in pairs]
    return ("graph", directed, *_sorted(map(inner, graph.nodes())), *_sorted(edges))


def _sorted(parts: Any) -> list[Any]:
    return sorted(parts, key=repr)


# --- made-up inputs ---------------------------------------------------------------------------


def changed_calls(calls: Sequence[Call]) -> Iterator[Call]:
    """Calls like these, each with one thing changed.

    That is a number one off, a value that stands elsewhere in the input, a row or an element
    left out or written twice.
    """
    seen = {_hash(plain(call.args)) for call in calls}
    for call in calls:
        stock = list(islice((leaf for part in call.args for leaf in _leaves(part)), _LARGEST))
        for place, part in enumerate(call.args):
            for other in changed(part, stock):
                args = (*call.args[:place], other, *call.args[place + 1 :])
                key = _hash(plain(args))
                if key not in seen:
                    seen.add(key)
                    yield Call(call.name, args, call.kwargs)


def changed(value: Any, stock: Sequence[Any]) -> Iterator[Any]:
    """Values like this one; `stock` holds simple values that may be put into it."""
    if hasattr(value, "columns") and hasattr(value, "iloc"):
        yield from _changed_table(value, stock)
    elif isinstance(value, Mapping):
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
            for other in changed(value[key], stock):
                yield {**value, key: other}
    elif isinstance(value, list | tuple):
        for place, part in enumerate(value):
            for other in changed(part, stock):
                yield type(value)([*value[:place], other, *value[place + 1 :]])
            if isinstance(value, list):
                yield [*value[:place], *value[place + 1 :]]
                yield [*value, part]
    else:
        yield from _changed_leaf(value, stock)


def _changed_leaf(value: Any, stock: Sequence[Any]) -> Iterator[Any]:
    yield from (other for other in stock if type(other) is type(value) and other != value)
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value + 1
        if value != 0:  # what counts from 0 is seldom allowed below it
            yield value - 1
    elif isinstance(value, datetime.date):
        yield from (value + datetime.timedelta(days=days) for days in (1, -1))


def _changed_table(table: Any, stock: Sequence[Any]) -> Iterator[Any]:
    if table.size > _TOO_LARGE:
        return
    small = table.size <= _LARGEST
    for row in range(min(len(table), 8)):
        yield table.drop(table.index[row])
        yield table.iloc[[*range(len(table)), row]].reset_index(drop=True)
        for column in range(table.shape[1] if small else 0):
            # Values of the same column fit; those handed over beside the table may be its bounds.
            own = table.iloc[:, column].tolist()
            for other in _changed_leaf(own[row], [*own, *(s for s in stock if s not in own)][:12]):
                changed_table = table.copy()
                changed_table.iat[row, column] = other
                yield changed_table


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str | int | float | datetime.date):
        yield value
