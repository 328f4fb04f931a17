"""Steps of nbgrader's that are asked about each cell once, and not once for every student.

All students have the same cells. What nbgrader found right about a cell it finds right again, and
to ask takes it longer than to grade.
"""

from __future__ import annotations

import json
from typing import Any

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import CheckCellMetadata, OverwriteCells
from nbgrader.utils import is_locked

#: Cells that a process remembers; a hostile notebook can have any number of them.
_MOST = 10_000

_checked: set[str] = set()
_unchanged: set[str] = set()


class RememberingCheck(CheckCellMetadata):  # type: ignore[misc]
    """nbgrader's check of its metadata."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Check the cells that were not seen yet."""
        cells = [cell for cell in nb.cells if "nbgrader" in cell.metadata]
        ids = [cell.metadata["nbgrader"].get("grade_id") for cell in cells]
        new = {key: cell for cell in cells if (key := _text(cell)) not in _checked}
        # Two cells with one id have to be seen together.
        twice = len(set(ids)) < len(ids)
        super().preprocess(nb if twice else NotebookNode(cells=list(new.values())), resources)
        _remember(_checked, *new)
        return nb, resources


class RememberingOverwrite(OverwriteCells):  # type: ignore[misc]
    """nbgrader's step that puts the instructor's cells back."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Put a cell back, unless one like it was found to be as it should."""
        if "nbgrader" not in cell.metadata:
            return cell, resources
        key = self._key(cell)
        if key in _unchanged:
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if self._key(cell) == key:
            _remember(_unchanged, key)
        return cell, resources

    def _key(self, cell: NotebookNode) -> str:
        # What the student may write is not put back, so it need not be the same.
        source = cell.source if is_locked(cell) else ""
        return _text(cell, self.assignment_id, self.notebook_id, source)


def _text(cell: NotebookNode, *place: str) -> str:
    """All that nbgrader knows a cell by."""
    about: Any = cell.metadata.get("nbgrader")
    return json.dumps([*place, cell.cell_type, about], sort_keys=True, default=str)


def _remember(seen: set[str], *keys: str) -> None:
    if len(seen) < _MOST:
        seen.update(keys)
