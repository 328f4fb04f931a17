"""A test that runs in the student's kernel, tried without the word of the student's objects.

In a copy of the process the operators of the notebook's classes are told to leave plain values
to Python, all but those that the instructor's own answers use. What passes only because an object
says that it equals 9, or that it lies below a tolerance, does not pass there.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import select
import shutil
import signal
import tempfile
import time
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .objects import ARITHMETIC, CONTAINS, EQUALS_DATA, ORDER, ORDER_OF_DATA, Objects

#: What an operator is called where it is used on an object and a plain value.
_ASKED = {
    **{name: f"{kind} with data" for name, kind in ARITHMETIC.items()},
    **dict.fromkeys(ORDER, ORDER_OF_DATA),
    **dict.fromkeys(("__eq__", "__ne__"), EQUALS_DATA),
    "__contains__": CONTAINS,
}
_LONGEST_VALUE = 1000
#: Values of other classes that say what they like of everything.
_MOCKS = "unittest.mock"


def rehearse(
    shell: Any, objects: Objects, source: str, allowed: list[str] | None, seconds: float
) -> dict[str, Any]:
    """Run a test in a copy of this process.

    Args:
        shell: the kernel's shell.
        objects: what knows the notebook's own classes.
        source: the test.
        allowed: what its objects may say of plain values; None for everything, which is kept.
        seconds: how long it may take.

    Returns:
        "passed", "value" (the text of the value at the end) and "asked" (what the objects were
        asked of plain values); empty where it did not end.
    """
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        return _in_copy(
            read, write, folder, lambda: _tried(shell, objects, source, allowed), seconds
        )


def _in_copy(
    read: int, write: int, folder: str, attempt: Callable[[], dict[str, Any]], seconds: float
) -> dict[str, Any]:
    """Make an attempt in a copy of this process and of its folder."""
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            # What the test writes must not be there when it runs in earnest.
            shutil.copytree(".", folder, symlinks=True, dirs_exist_ok=True)
            os.chdir(folder)
            said = json.dumps(attempt()).encode()
            while said:
                said = said[os.write(write, said) :]
        finally:
            os._exit(0)
    os.close(write)
    try:
        return _said(read, time.monotonic() + seconds)
    finally:
        os.close(read)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _said(read: int, deadline: float) -> dict[str, Any]:
    parts = b""
    while select.select([read], [], [], max(0.0, deadline - time.monotonic()))[0]:
        part = os.read(read, 65_536)
        if not part:
            break
        parts += part
    with contextlib.suppress(ValueError):
        found = json.loads(parts)
        return found if isinstance(found, dict) else {}
    return {}


def _tried(shell: Any, objects: Objects, source: str, allowed: list[str] | None) -> dict[str, Any]:
    asked: set[str] = set()
    _keep_quiet(shell)
    guard = _Guard(shell.user_ns, objects, asked, None if allowed is None else frozenset(allowed))
    for kind, name, method in guard.operators():
        with contextlib.suppress(TypeError):
            type.__setattr__(kind, name, guard.guarded(name, method))
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            value = _run(shell.transform_cell(source), shell.user_ns)
            text = None if value is None else repr(value)[:_LONGEST_VALUE]
        except BaseException:
            return {"passed": False, "value": None, "asked": sorted(asked)}
    return {"passed": True, "value": text, "asked": sorted(asked)}


def _keep_quiet(shell: Any) -> None:
    """Publish nothing: the sockets are the other process's."""
    shell.display_pub.publish = lambda *_, **__: None
    shell.display_pub.clear_output = lambda *_, **__: None


def _run(source: str, names: dict[str, Any]) -> Any:
    body = ast.parse(source)
    last = body.body[-1] if body.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(body, "<test>", "exec"), names)
        return None
    exec(compile(ast.Module(body.body[:-1], []), "<test>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<test>", "eval"), names)


class _Guard:
    """Stands before the operators of the notebook's classes."""

    def __init__(
        self,
        names: Mapping[str, Any],
        objects: Objects,
        asked: set[str],
        allowed: frozenset[str] | None,
    ) -> None:
        self._names, self._objects = names, objects
        self._asked, self._allowed = asked, allowed

    def operators(self) -> list[tuple[type, str, Any]]:
        """Give the operators of all classes that the notebook may have made or changed."""
        return [
            (kind, name, method)
            for kind in set(_classes(object))
            for name, method in list(vars(kind).items())
            if name in _ASKED and self._is_suspect(kind, method)
        ]

    def _is_suspect(self, kind: type, method: Any) -> bool:
        if self._objects.is_made(kind) or kind.__module__ == _MOCKS:
            return method is not None
        return isinstance(method, types.FunctionType) and method.__globals__ is self._names

    def guarded(self, name: str, method: Any) -> Callable[..., Any]:
        """Give what asks an operator about the notebook's own objects alone."""
        what = _ASKED[name]

        def operator(one: Any, other: Any, *more: Any) -> Any:
            if not self._objects.is_made(type(other)):
                self._asked.add(what)
                if self._allowed is not None and what not in self._allowed:
                    return False if name == "__contains__" else NotImplemented
            return method.__get__(one, type(one))(other, *more)

        return operator


def _classes(top: type) -> Iterator[type]:
    left, met = [top], set()
    while left:
        kind = left.pop()
        if id(kind) in met:
            continue
        met.add(id(kind))
        yield kind
        left += type.__subclasses__(kind)
