"""The names that a test sees: its own, those of earlier tests, and the student's.

A name that nobody here has bound is asked of the student's kernel when it is first used.
"""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .codec_types import ModuleName

#: Modules of the standard library that do something when they are imported.
_UNWANTED = frozenset(
    {"__main__", "antigravity", "inside", "idlelib", "this", "turtle", "turtledemo"}
)


class Names(dict[str, Any]):
    """Global names of a test.

    Args:
        fetch: gives the value of a student's name; raises KeyError where it is not bound.
    """

    def __init__(self, fetch: Callable[[str], Any]) -> None:
        super().__init__({"__name__": "__main__", "__builtins__": builtins})
        self._fetch = fetch
        #: Values of the student's names, for the test that runs.
        self.fetched: dict[str, Any] = {}
        #: Import statements of the instructor, by the name that they bind.
        self.imports: Mapping[str, str] = {}
        #: Functions and constants of the instructor's cells, by name.
        self.definitions: Mapping[str, str] = {}
        #: Names that tests bound, which are never the student's.
        self.own: frozenset[str] = frozenset()
        #: Names of builtins that are the student's in this course.
        self.shadowed: frozenset[str] = frozenset()

    def __missing__(self, name: str) -> Any:
        """Look a name up that is not bound here."""
        if (
            name in self.own
            or name.startswith("__")
            or (hasattr(builtins, name) and name not in self.shadowed)
        ):
            raise KeyError(name)
        source = self.imports.get(name) or self.definitions.get(name)
        if source is not None:
            exec(compile(source, "<given>", "exec"), self)
            return self[name]
        return self.put(name, self._fetch(name))

    def __contains__(self, name: object) -> bool:
        """Whether it is bound, here or in the student's notebook."""
        if dict.__contains__(self, name):
            return True
        try:
            return isinstance(name, str) and self[name] is not None
        except KeyError:
            return False

    def get(self, name: str, default: Any = None) -> Any:
        """Give the value of a name, bound here or in the student's notebook."""
        try:
            return self[name]
        except KeyError:
            return default

    def put(self, name: str, value: Any) -> Any:
        """Take a student's value; a module becomes the examiner's own."""
        if isinstance(value, ModuleName):
            value = own_module(value)
        self.fetched[name] = value
        self[name] = value
        return value

    def forget_fetched(self, names: Iterable[str]) -> None:
        """Drop values of the student's, which are fetched anew when they are used again."""
        for name in list(names):
            if name in self.fetched and dict.get(self, name) is self.fetched.pop(name):
                del self[name]


def own_module(name: str) -> types.ModuleType:
    """Import a module of the examiner's own that has a name which a student's kernel gave.

    Raises:
        KeyError: there is none, or it may not be used.
    """
    top = name.partition(".")[0]
    known = name in sys.modules or top in sys.stdlib_module_names or _is_installed(top)
    if top in _UNWANTED or not known:
        raise KeyError(name)
    try:
        return importlib.import_module(name)
    except ImportError:
        raise KeyError(name) from None


def _is_installed(top: str) -> bool:
    """Whether it lies where packages are installed, not beside the notebook."""
    spec = importlib.util.find_spec(top) if top.isidentifier() else None
    return bool(spec and spec.origin and "site-packages" in spec.origin)
