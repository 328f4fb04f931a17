"""Objects of a notebook's own classes: they stay where they are, and are asked from afar.

This is the end where the notebook runs. It says what an object or a class is, and does with it
what the test asks for: read an attribute, use an operator, give its contents as data.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import json
import operator
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .codec import CannotCross, Encoder, Tree, as_data, data_type
from .codec_types import is_plain_namedtuple, name_of_type
from .describing import describe

#: Operators that a test may use on an object, by the method that stands for them.
_BINARY = (
    *("add", "sub", "mul", "truediv", "floordiv", "mod", "divmod", "pow", "matmul"),
    *("and", "or", "xor", "lshift", "rshift"),
)
ARITHMETIC = {f"__{before}{name}__": name for name in _BINARY for before in ("", "r", "i")}
ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
#: What a test asks its objects of data: whether they equal it, hold it, or come before it.
EQUALS_DATA, CONTAINS, ORDER_OF_DATA = "equals data", "contains", "order of data"
#: How everything else is done that an object may be asked for: as Python itself does it.
_DONE_BY: dict[str, Callable[..., Any]] = {
    "__abs__": abs,
    "__bool__": bool,
    "__ceil__": lambda one: type(one).__ceil__(one),
    "__complex__": complex,
    "__contains__": operator.contains,
    "__copy__": copy.copy,
    "__deepcopy__": copy.deepcopy,
    "__delitem__": operator.delitem,
    "__dir__": dir,
    "__float__": float,
    "__floor__": lambda one: type(one).__floor__(one),
    "__format__": format,
    "__getitem__": operator.getitem,
    "__hash__": hash,
    "__index__": operator.index,
    "__int__": int,
    "__invert__": operator.invert,
    "__iter__": iter,
    "__len__": len,
    "__neg__": operator.neg,
    "__next__": next,
    "__pos__": operator.pos,
    "__repr__": repr,
    "__reversed__": reversed,
    "__round__": round,
    "__setitem__": operator.setitem,
    "__str__": str,
    "__trunc__": lambda one: type(one).__trunc__(one),
}
#: Methods that are looked for in a class, so that an object has those that its class has.
_SPECIAL = (
    *(*ARITHMETIC, *ORDER, "__eq__", "__ne__", "__call__", "__enter__", "__exit__"),
    *(name for name in _DONE_BY if name not in ("__copy__", "__deepcopy__", "__dir__")),
)
#: Classes of libraries whose objects have no contents, only what can be done with them.
_BEHAVIOUR = frozenset({contextlib._GeneratorContextManager})
#: Bases that say nothing.
_EMPTY = (object, type)


class Objects:
    """What the notebook's end knows of its classes.

    Args:
        folder: the notebook's folder: what is defined in a module there is the student's too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._about: dict[int, Tree] = {}
        self._modules: dict[str, bool] = {}

    def stays(self, value: Any) -> bool:
        """Whether a value is an object or a class of the notebook, and does not go as data."""
        kind = type(value)
        if issubclass(kind, type):
            is_ours = self.is_made(value) or value in _BEHAVIOUR
            return is_ours and not is_plain_namedtuple(value)
        if kind in _BEHAVIOUR:
            return True
        if not self.is_made(kind) or issubclass(kind, BaseException):
            return False
        return data_type(kind) is None or self._has_parts(kind)

    def is_made(self, kind: type) -> bool:
        """Whether a class is defined in the notebook, or in a module beside it."""
        name = getattr(kind, "__module__", None)
        if name == "__main__":
            return True
        if name == "types":
            # Where dataclasses.make_dataclass puts what it makes.
            return not hasattr(types, kind.__qualname__)
        if type(name) is not str:
            return False
        if name not in self._modules:
            file = getattr(sys.modules.get(name), "__file__", None)
            beside = isinstance(file, str) and Path(file).resolve().is_relative_to(self._folder)
            self._modules[name] = beside
        return self._modules[name]

    def _has_parts(self, kind: type) -> bool:
        """Whether a class adds anything to its plain base that has a name of its own."""
        if is_plain_namedtuple(kind):
            return False
        data = data_type(kind)
        if data is None or data.__module__.partition(".")[0] in ("numpy", "pandas", "networkx"):
            return False
        made = kind.__mro__[: kind.__mro__.index(data)]
        return any(not _is_special(name) for one in made for name in vars(one))

    def describe(self, kind: type, offer: Callable[[type], Tree]) -> Tree:
        """Say what a class is.

        Args:
            kind: the class.
            offer: gives the tree of one of its bases that is the notebook's own.
        """
        if id(kind) not in self._about:
            self._about[id(kind)] = self._describe(kind, offer)
        return self._about[id(kind)]

    def _describe(self, kind: type, offer: Callable[[type], Tree]) -> Tree:
        bases: list[Tree] = []
        for base in kind.__bases__:
            if is_plain_namedtuple(base):
                bases.append(["type", "builtins.tuple"])
            elif self.is_made(base) or base in _BEHAVIOUR:
                bases.append(offer(base))
            elif base not in _EMPTY and (name := name_of_type(base)) is not None:
                bases.append(["type", name])
        has = {name for one in kind.__mro__ if one is not object for name in vars(one)}
        fields = getattr(kind, "__dataclass_fields__", None)
        return {
            **describe(kind),
            "bases": bases,
            "special": sorted(name for name in _SPECIAL if name in has),
            "hashes": getattr(kind, "__hash__", None) is not None,
            "fields": [str(name) for name in fields] if isinstance(fields, dict) else None,
            "data": data_type(kind) is not None,
        }


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


# --- doing what is asked ----------------------------------------------------------------------


def do(value: Any, name: str) -> Callable[..., Any]:
    """Give what does to an object what one of its special methods stands for."""
    if name in _DONE_BY:
        done: Callable[..., Any] = _DONE_BY[name]
        return lambda *args: done(value, *args)
    if name == "__exit__":
        return lambda error: _leave(value, error)
    method = getattr(type(value), name)
    return lambda *args, **kwargs: method(value, *args, **kwargs)


def _leave(value: Any, error: BaseException | None) -> bool:
    kind = None if error is None else type(error)
    return bool(type(value).__exit__(value, kind, error, None))


def state(value: Any) -> str | None:
    """Give the attributes of an object as a text to compare; None where they are no data."""
    encoder = Encoder()
    try:
        tree = [encoder.encode(dict(_attributes(value)))]
        if data_type(type(value)) is not None:
            tree.append(as_data(encoder, value))
    except (CannotCross, AttributeError):
        return None
    return json.dumps(tree)


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    yield from getattr(value, "__dict__", {}).items()
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if inspect.ismemberdescriptor(kind.__dict__.get(name)):
                yield name, getattr(value, name)
