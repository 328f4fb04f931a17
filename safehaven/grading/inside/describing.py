"""What a function or a class is called, and how it is called, in words for the other end."""

from __future__ import annotations

import inspect
from typing import Any

from .codec import CannotCross, Decoder, Encoder, Tree

_LONGEST_TEXT = 10_000
_KINDS = {kind.name: kind for kind in inspect._ParameterKind}


def describe(what: Any) -> dict[str, Tree]:
    """Say what a function or a class is."""
    name = getattr(what, "__name__", None)
    about: dict[str, Tree] = {
        "name": name if isinstance(name, str) else type(what).__name__,
        "doc": text_or_none(inspect.getdoc(what)),
        "module": text_or_none(getattr(what, "__module__", None)),
        "qualname": text_or_none(getattr(what, "__qualname__", None)),
    }
    try:
        parameters = inspect.signature(what).parameters.values()
    except (ValueError, TypeError):
        return about
    about["parameters"] = [[p.name, p.kind.name, _default(p.default)] for p in parameters]
    return about


def text_or_none(value: Any) -> str | None:
    """Give the beginning of a text; None where it is none."""
    return value[:_LONGEST_TEXT] if isinstance(value, str) else None


def _default(value: Any) -> list[Tree]:
    if value is inspect.Parameter.empty:
        return []
    # Immutable values alone: a number that a list took would be lost with the signature.
    simple = isinstance(value, bool | int | float | str | type(None) | tuple)
    try:
        return [Encoder().encode(value)] if simple else [["ellipsis"]]
    except CannotCross:
        return [["ellipsis"]]


def signature(described: Tree) -> inspect.Signature:
    """Give a signature of the parameters in a description."""
    parameters = []
    for name, kind, default in described:
        more = {"default": Decoder().read(default[0])} if default else {}
        parameters.append(inspect.Parameter(name, _KINDS[kind], **more))
    return inspect.Signature(parameters)
