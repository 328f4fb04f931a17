"""Types, modules and errors as data: by name, and only those that are listed."""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from typing import Any

from .codec import CannotCross, Decoder, Encode, Encoder, Read, Tree, Unreadable, read_text

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
    *("dataclasses", "enum", "copy", "pickle"),
    *("pandas.errors", "networkx", "networkx.exception"),
)

#: What `namedtuple` puts into a class.
_OF_NAMEDTUPLES = frozenset(
    {"_fields", "_make", "_replace", "_asdict", "_field_defaults", "_fields_defaults"}
)

_LONGEST_TEXT = 20_000


def _encode_type(encoder: Encoder, value: type) -> Tree:
    name = name_of_type(value)
    if name is not None:
        return ["type", name]
    if is_plain_namedtuple(value):
        fields = [str(field) for field in vars(value)["_fields"]]
        defaults = encoder.encode(value.__new__.__defaults__)
        return ["ntc", str(value.__name__), fields, defaults]
    raise CannotCross(f"the class {value.__name__}")


def _encode_module(_: Encoder, value: types.ModuleType) -> Tree:
    return ["module", str(value.__name__)]


def _read_type(_: Decoder, tree: list[Tree]) -> type:
    kind = _type_of_name(read_text(tree[1]))
    if kind is None:
        raise Unreadable("an unknown type")
    return kind


def _read_module(_: Decoder, tree: list[Tree]) -> Any:
    return ModuleName(read_text(tree[1]))


class ModuleName(str):
    """The name of a module that a name of the other end stands for."""


def name_of_type(kind: type) -> str | None:
    """Give the name by which a type is known at both ends; None where it has none."""
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
        found = getattr(importlib.import_module(module), short, None)
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
    tree = ["error", str(kind.__name__), bases, arguments, _text_of(error)]
    if encoder.remotes is not None and encoder.remotes.stays(kind):
        tree.append(encoder.remotes.offer(kind))
        with contextlib.suppress(CannotCross):
            tree.append(encoder.attempt(dict(vars(error))))
    return tree


def _text_of(error: BaseException) -> str:
    try:
        return str.__str__(str(error))[:_LONGEST_TEXT]
    except Exception:
        return ""


def _named_error(name: str, base: type[BaseException]) -> type[BaseException]:
    return type(name, (base,), {"__module__": "__main__"})


def read_error(decoder: Decoder, tree: list[Tree]) -> BaseException:
    """Give an error of a class that is known here, or of a class of that name below its base."""
    name, text = read_text(tree[1])[:200], read_text(tree[4])[:_LONGEST_TEXT]
    arguments = (text,) if tree[3] is None else tuple(decoder.read(tree[3]))
    known = (_error_of_name(read_text(base[0]), read_text(base[1])) for base in tree[2])
    base = next((found for found in known if found), Exception)
    kind = base if base.__name__ == name or not name.isidentifier() else _named_error(name, base)
    if len(tree) > 5:
        kind = decoder.read(tree[5])
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            raise Unreadable("an error of no class of errors")
    try:
        error: BaseException = kind(*arguments)
    except Exception:
        error = Exception(text)
    if len(tree) > 6:
        error.__dict__.update(decoder.read(tree[6]))
    return error


def is_plain_namedtuple(kind: Any) -> bool:
    """Whether a class is what `namedtuple` makes, and nothing was added to it."""
    fields = getattr(kind, "_fields", None)
    if type(fields) is not tuple or kind.__mro__[1:2] != (tuple,):
        return False
    return all(
        (name.startswith("__") and name.endswith("__")) or name in _OF_NAMEDTUPLES or name in fields
        for name in vars(kind)
    )


ENCODERS: dict[type, Encode] = {
    type: _encode_type,
    types.ModuleType: _encode_module,
    BaseException: encode_error,
}
READERS: dict[Any, Read] = {"type": _read_type, "module": _read_module, "error": read_error}
