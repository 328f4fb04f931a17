"""The cells of a submitted notebook, made fit to work with: every field has its type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The most cells of a notebook.
CELLS = 5_000

_GRADE_ID = re.compile(r"[a-zA-Z0-9_\-]{1,128}")
_CELL_ID = re.compile(r"[a-zA-Z0-9_\-]{1,64}")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"[^,\s][^,]{0,99}")


@dataclass(eq=False)
class Cell:
    """A cell that a student handed in, or one that is put back. Two with one text are two.

    Attributes:
        cell_type: "code", "markdown" or "raw".
        text: its source.
        grade_id: the name in nbgrader that it claims; empty where it claims none.
        nbgrader: nbgrader's metadata as it was handed in; None where there is none.
        cell_id: Jupyter's id; empty where there is none, or none that is allowed.
        tags: its tags.
        attachments: pictures in a text, by name.
        cleaned: whether characters that cannot be written were replaced.
    """

    cell_type: str
    text: str
    grade_id: str = ""
    nbgrader: Mapping[str, Any] | None = None
    cell_id: str = ""
    tags: tuple[str, ...] = ()
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)
    cleaned: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing but space."""
        return not self.text.strip()


def read_cells(cells: list[Any]) -> list[Cell]:
    """The cells of a notebook's JSON; what is no cell is left out."""
    return [_read_cell(cell) for cell in cells if isinstance(cell, dict)]


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but space at the ends of lines."""
    return one == other or normal(one) == normal(other)


def normal(text: str) -> str:
    """A text without space at the ends of its lines and around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _read_cell(cell: Mapping[str, Any]) -> Cell:
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    nbgrader = metadata.get("nbgrader")
    written = _text(cell.get("source"))
    text = _clean(written)
    return Cell(
        cell_type=kind if kind in ("code", "raw") else "markdown",
        text=text,
        grade_id=_matching(_GRADE_ID, nbgrader.get("grade_id"))
        if isinstance(nbgrader, dict)
        else "",
        # An empty one is what nbgrader leaves of a cell it does not want.
        nbgrader=nbgrader if isinstance(nbgrader, dict) and nbgrader else None,
        cell_id=_matching(_CELL_ID, cell.get("id")),
        tags=_tags(metadata.get("tags")),
        attachments=_attachments(cell.get("attachments")) if kind != "code" else {},
        cleaned=text != written,
    )


def _text(source: Any) -> str:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _clean(text: str) -> str:
    """Without what no file in UTF-8 can hold, and no Python can run."""
    return _LONE_SURROGATES.sub("\ufffd", text).replace("\0", "")


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _tags(tags: Any) -> tuple[str, ...]:
    found = tags if isinstance(tags, list) else []
    return tuple(dict.fromkeys(_clean(tag) for tag in found[:50] if _matching(_TAG, tag)))


def _attachments(found: Any) -> dict[str, dict[str, str]]:
    if not isinstance(found, dict):
        return {}
    return {
        _clean(name): {
            _clean(mime): _clean(_text(data))
            for mime, data in bundle.items()
            if isinstance(data, str | list)
        }
        for name, bundle in found.items()
        if isinstance(bundle, dict)
    }
