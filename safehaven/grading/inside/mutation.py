"""What a function did to its arguments: noticed, and done to the originals in place."""

from __future__ import annotations

import collections
import sys
from collections.abc import Callable
from typing import Any


def remember(value: Any) -> Callable[[], bool]:
    """Give what says later whether a list, dict, set, array, table or graph was changed.

    What it holds is compared by identity: a part that can change itself is remembered apart.
    """
    library = type(value).__module__.partition(".")[0]
    if library in _LIBRARIES:
        return _REMEMBER[library](value)
    kept = _parts(value)

    def is_changed() -> bool:
        now = _parts(value)
        return len(now) != len(kept) or any(
            one is not other for one, other in zip(now, kept, strict=True)
        )

    return is_changed


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return list(value)


def _remember_array(value: Any) -> Callable[[], bool]:
    if value.dtype.hasobject:
        kept = value.ravel().tolist()
        return lambda: any(
            one is not other for one, other in zip(value.ravel().tolist(), kept, strict=True)
        )
    before = value.tobytes()
    return lambda: bool(value.tobytes() != before)


def _remember_pandas(value: Any) -> Callable[[], bool]:
    kept = value.copy(deep=True)
    return lambda: bool(_labels(value) != _labels(kept) or not value.equals(kept))


def _labels(value: Any) -> list[Any]:
    more = value.columns.names if value.ndim > 1 else [value.name]
    return [*value.index.names, *more]


def _remember_graph(value: Any) -> Callable[[], bool]:
    kept = value.copy()
    equal = sys.modules["networkx"].utils.graphs_equal
    return lambda: not equal(value, kept)


def change(original: Any, now: Any) -> None:
    """Make a list, dict, set, array, table or graph hold what another of its type holds.

    Raises:
        TypeError: it is not of the same type, or of none that can be changed.
        ValueError: an array has another shape.
    """
    if type(original) is not type(now):
        raise TypeError("another type")
    for kind, write in _WRITERS.items():
        if isinstance(original, kind):
            write(original, now)
            return
    library = type(original).__module__.partition(".")[0]
    if library not in _LIBRARIES or library not in sys.modules:
        raise TypeError("it cannot be changed")
    _LIBRARIES[library](original, now)


def _all(original: Any, now: Any) -> None:
    original[:] = now


def _entries(original: Any, now: Any) -> None:
    kept = dict(now)
    original.clear()
    original.update(kept)


def _members(original: Any, now: Any) -> None:
    kept = list(now)
    original.clear()
    original.update(kept)


def _queue(original: Any, now: Any) -> None:
    kept = list(now)
    original.clear()
    original.extend(kept)


def _array(original: Any, now: Any) -> None:
    if original.shape != now.shape or original.dtype != now.dtype:
        raise ValueError("another shape")
    original[...] = now


def _pandas(original: Any, now: Any) -> None:
    # The one way in which pandas itself puts new contents into a table or series.
    original._update_inplace(now)


def _graph(original: Any, now: Any) -> None:
    original.clear()
    original.graph.update(now.graph)
    original.add_nodes_from(now.nodes(data=True))
    edges = now.edges(keys=True, data=True) if now.is_multigraph() else now.edges(data=True)
    original.add_edges_from(edges)


_WRITERS: dict[type, Any] = {
    list: _all,
    bytearray: _all,
    dict: _entries,
    set: _members,
    collections.deque: _queue,
}
_LIBRARIES = {"numpy": _array, "pandas": _pandas, "networkx": _graph}
_REMEMBER: dict[str, Callable[[Any], Callable[[], bool]]] = {
    "numpy": _remember_array,
    "pandas": _remember_pandas,
    "networkx": _remember_graph,
}
