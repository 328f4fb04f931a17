"""Which cells of a notebook are one item, and what it tests.

The checks of one answer stand or fall together, so they are one item: to count them as several
would make a test look more reliable than it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safehaven.grading.analysis.model import Item
from safehaven.grading.analysis.quiz import read_question
from safehaven.grading.feedback.tasks import grade_id


@dataclass(frozen=True)
class Cell:
    """A cell of the instructor's notebook, as the gradebook has it.

    Attributes:
        name: its grade_id.
        source: its text.
        points: the most points; None where it gives none.
        is_answer: whether students write in it.
    """

    name: str
    source: str
    points: float | None
    is_answer: bool


def items_of(notebook: str, cells: Sequence[Cell], objectives: Mapping[str, str]) -> Iterator[Item]:
    """The items of a notebook, in its order; cells that can give no points are left out.

    Args:
        notebook: its name.
        cells: in the order of the notebook.
        objectives: for answers' cells, the objective that each tests.
    """
    sources = {cell.name: cell.source for cell in cells}
    answer = ""
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.is_answer:
            answer = cell.name
        if not cell.points:
            continue
        alone = cell.is_answer or not answer or read_question(cell.name, sources) is not None
        groups.setdefault(cell.name if alone else answer, []).append(cell)
    for name, group in groups.items():
        question = read_question(group[0].name, sources)
        yield Item(
            notebook=notebook,
            name=question.name if question else name,
            cells=tuple(cell.name for cell in group),
            maximum=sum(cell.points or 0.0 for cell in group),
            by_hand=any(cell.is_answer for cell in group),
            objective=str(objectives.get(name) or ""),
            question=question,
        )


@dataclass(frozen=True)
class SourceNotebook:
    """What an instructor's notebook says beside what the gradebook keeps.

    Attributes:
        order: the grade_ids of its cells.
        tasks: for answers' cells, the objective each tests, from the metadata of the notebook.
    """

    order: tuple[str, ...] = ()
    tasks: Mapping[str, str] | None = None


def read_source(file: Path) -> SourceNotebook:
    """Read an instructor's notebook; it says nothing where it is not there."""
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
        order = tuple(filter(None, (grade_id(cell) for cell in content["cells"])))
        told = content.get("metadata", {}).get("safehaven", {})
        tasks = told.get("tasks") if isinstance(told, Mapping) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return SourceNotebook()
    return SourceNotebook(order, tasks if isinstance(tasks, Mapping) else None)
