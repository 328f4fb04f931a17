"""What a notebook did to the Python that runs it, held against a clean start.

It names what replaces a part of Python, IPython or the libraries by code of the notebook itself,
and nothing else: settings, seeds, filters for warnings, extensions and libraries that adapt
others are what honest notebooks use.
"""

from __future__ import annotations

import functools
import sys
import threading
import types
from collections.abc import Iterator, Mapping
from typing import Any

#: Modules whose functions and classes are compared, where they are loaded.
_MODULES = (
    *("builtins", "math", "random", "statistics", "operator", "functools", "inspect", "unittest"),
    *("numpy", "numpy.testing", "numpy.linalg", "pandas", "pandas.testing", "networkx"),
)
#: Classes whose methods are compared.
_CLASSES = (
    *("pandas.DataFrame", "pandas.Series", "pandas.Index", "networkx.Graph", "networkx.DiGraph"),
    *("IPython.core.interactiveshell.InteractiveShell", "ipykernel.zmqshell.ZMQInteractiveShell"),
    *("ipykernel.ipkernel.IPythonKernel", "ipykernel.kernelbase.Kernel"),
    *("ipykernel.displayhook.ZMQShellDisplayHook", "jupyter_client.session.Session"),
    *("IPython.core.displayhook.DisplayHook", "IPython.core.compilerop.CachingCompiler"),
    *("ipykernel.iostream.OutStream", "unittest.case.TestCase"),
)
#: Where a shell keeps what changes the code of a cell before it runs.
_TRANSFORMERS = (
    ("input_transformers_cleanup", "an input transformer"),
    ("input_transformers_post", "an input transformer"),
    ("ast_transformers", "a syntax transformer"),
)
_MOST = 20
#: Builtins that honest notebooks adapt, and that decide nothing.
_HARMLESS = frozenset({"print", "input", "open", "display", "help", "exit", "quit", "__import__"})
#: Names that libraries give to code which they make while they run.
_MADE_BY_LIBRARIES = ("<frozen", "<decorator-gen", "<__array_function__", "<class ", "<attrs")


class Clean:
    """How things were before the first cell ran.

    Args:
        shell: the kernel's interactive shell.
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._parts = {name: dict(part) for name, part in _parts() if isinstance(part, Mapping)}

    def differences(self) -> list[str]:
        """Say what the notebook replaced or hooked into, in plain words."""
        return list(dict.fromkeys(self._differences()))[:_MOST]

    def _differences(self) -> Iterator[str]:
        for name, now in _parts():
            before = self._parts.get(name, {})
            for key, value in before.items():
                new = now.get(key)
                if name == "builtins" and key in _HARMLESS:
                    continue
                if new is not value and _matters(value) and _is_of_notebook(new):
                    yield f"{name}.{key} was replaced"
        for owner, name in ((self._shell, "IPython's shell"), (self._shell.kernel, "the kernel")):
            for key, value in list(vars(owner).items()):
                if callable(getattr(type(owner), key, None)) and _is_of_notebook(value):
                    yield f"{key} of {name} was replaced"
        yield from self._transformers()
        yield from _traces()

    def _transformers(self) -> Iterator[str]:
        for place, what in _TRANSFORMERS:
            for one in list(getattr(self._shell, place, ())):
                if _is_of_notebook(one):
                    yield f"{what} of the notebook changes the code of cells"
        manager = self._shell.input_transformer_manager
        for place in ("cleanup_transforms", "line_transforms", "token_transformers"):
            for one in list(getattr(manager, place, ())):
                if _is_of_notebook(one):
                    yield "an input transformer of the notebook changes the code of cells"
        if getattr(self._shell, "custom_exceptions", ()):
            # IPython keeps the handler inside a function of its own.
            handler = getattr(self._shell.CustomTB, "__func__", None)
            held = [cell.cell_contents for cell in getattr(handler, "__closure__", None) or ()]
            if any(_is_of_notebook(one) for one in held):
                yield "errors are handled by the notebook"


def _parts() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in _MODULES:
        module = sys.modules.get(name)
        if module is not None:
            yield name, vars(module)
    for name in _CLASSES:
        where, _, short = name.rpartition(".")
        kind = getattr(sys.modules.get(where), short, None)
        if kind is not None:
            yield name, vars(kind)


def _traces() -> Iterator[str]:
    for trace in (sys.gettrace(), sys.getprofile(), threading.gettrace(), threading.getprofile()):
        if trace is not None and _is_of_notebook(trace):
            yield "a trace function of the notebook watches what runs"


def _matters(value: Any) -> bool:
    return callable(value) or isinstance(value, property | classmethod | staticmethod)


def _is_of_notebook(value: Any) -> bool:
    """Whether something is code of the notebook, or stands for it, and not of a library."""
    if isinstance(value, functools.partial):
        return True
    if isinstance(value, classmethod | staticmethod | types.MethodType):
        return _is_of_notebook(value.__func__)
    if isinstance(value, property):
        return _is_of_notebook(value.fget)
    if isinstance(value, types.FunctionType):
        return _is_cell(value.__code__.co_filename)
    if isinstance(value, types.BuiltinFunctionType | type):
        # A builtin in another's place, or a class: a library's own is not the notebook's.
        return value.__module__ in ("__main__", "builtins") or not hasattr(value, "__module__")
    kind = type(value)
    return kind.__module__ in ("__main__", "unittest.mock")


def _is_cell(file: str) -> bool:
    return "ipykernel_" in file or (
        file.startswith("<") and not file.startswith(_MADE_BY_LIBRARIES)
    )
