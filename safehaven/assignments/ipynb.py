"""Notebook files, through nbformat, whose own functions carry no types."""

from __future__ import annotations

import importlib
from typing import Any


def nbformat() -> Any:
    """The library; loaded late, because most commands do without it."""
    return importlib.import_module("nbformat")


def loads(text: str) -> Any:
    """A notebook from its JSON, brought to version 4 of the format.

    Raises:
        Exception: of several kinds, for a text that is no notebook.
    """
    return nbformat().reads(text, as_version=4)


def dumps(notebook: Any) -> str:
    """The JSON of a notebook, ending in a newline."""
    return str(nbformat().writes(notebook, version=4)).rstrip("\n") + "\n"
