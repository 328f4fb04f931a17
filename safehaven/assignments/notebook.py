"""Build the instructor's notebook from its Markdown source, the same bytes every time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from safehaven.assignments import ipynb
from safehaven.assignments.source import Cell, Source

#: What JupyterLab and nbgrader add to a cell without changing what it says.
_VOLATILE = frozenset(
    {"checksum", "cell_type", "collapsed", "deletable", "editable", "execution", "scrolled"}
)
_LONGEST_ID = 64
#: The key of a notebook's metadata under which feedback finds where to reread. It is not among
#: those that jupytext writes back into the Markdown, where it would be said twice.
REREADS = "safehaven_reread"


def cell_ids(cells: Sequence[Cell]) -> list[str]:
    """An id for each cell: its grade id, or else its place in the notebook.

    Random ids would make every derivation differ from the one before.
    """
    taken = {cell.grade_id for cell in cells if cell.grade_id}
    ids: list[str] = []
    for number, cell in enumerate(cells, 1):
        proposed = cell.grade_id or f"cell-{number:02d}"
        proposed = re.sub(r"[^A-Za-z0-9_-]", "-", proposed)[:_LONGEST_ID]
        while proposed in ids or (cell.grade_id is None and proposed in taken):
            proposed = f"{proposed[: _LONGEST_ID - 2]}-x"
        ids.append(proposed)
    return ids


def build(source: Source, rereads: Mapping[str, str] | None = None) -> str:
    """The text of the .ipynb that belongs to a Markdown source, ending in a newline.

    Args:
        source: the Markdown.
        rereads: for the ids of its tasks, where the course teaches what they ask.
    """
    nbformat = ipynb.nbformat()
    build_cell = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }
    cells = [
        build_cell[cell.kind](source=cell.text, metadata=nbformat.from_dict(cell.metadata), id=name)
        for cell, name in zip(source.cells, cell_ids(source.cells), strict=True)
    ]
    metadata = _metadata(source.metadata) | ({REREADS: dict(rereads)} if rereads else {})
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=nbformat.from_dict(metadata))
    return ipynb.dumps(notebook)


def _metadata(written: dict[str, Any]) -> dict[str, Any]:
    """The notebook's metadata without what depends on the machine or on jupytext's version.

    `safehaven` stays, so that jupytext can write it back into the Markdown; so does the lexer,
    which jupytext writes behind every `{code-cell}`.
    """
    lexer = written.get("jupyter", {}).get("jupytext", {}).get("default_lexer", "ipython3")
    kept: dict[str, Any] = {
        key: written[key] for key in ("kernelspec", "safehaven") if key in written
    }
    return {**kept, "language_info": {"name": "python", "pygments_lexer": lexer}}


def same_content(one: str, other: str) -> bool:
    """Whether two notebooks say the same, whatever outputs and ids they carry."""
    return bool(_content(one) == _content(other))


def _content(text: str) -> Any:
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError:
        return text
    cells = [
        (cell.get("cell_type"), _joined(cell.get("source", "")), _said(cell.get("metadata", {})))
        for cell in notebook.get("cells", [])
    ]
    return cells, notebook.get("metadata", {}).get("safehaven")


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _said(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in metadata.items() if key not in _VOLATILE}
    if isinstance(kept.get("nbgrader"), dict):
        kept["nbgrader"] = {k: v for k, v in kept["nbgrader"].items() if k not in _VOLATILE}
    return kept


def notebook_of(source: Source) -> Path:
    """Where the instructor's notebook of a source lies."""
    return source.file.with_suffix(".ipynb")
