"""Find each cell that the instructor released among those that were handed in.

A cell is known by its id in nbgrader; where that was lost or is another's, by its text, by
Jupyter's own id, or by its place between cells that are known. A wrong guess gains nobody a
point: what is tested comes from the instructor, and only what a student wrote is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from safehaven.grading.preflight.cells import Cell, normal, same_text
from safehaven.grading.preflight.source import SourceCell

#: By what a cell was recognised.
How = Literal["id", "its text", "Jupyter's id", "its place", "part"]

#: Texts shorter than this are too common to tell a cell by.
_TELLING = 20

#: The share of the lines of a locked cell that must be left for it to be that cell, changed.
_RESEMBLES = 0.3

_NAMES = re.compile(
    r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+(\w+)|^(\w+)[ \t]*=[^=]", re.MULTILINE
)


@dataclass
class Matched:
    """The cells of a notebook, and which of them the instructor's are.

    Attributes:
        cells: the cells in the student's order; parts of a merged cell stand on their own.
        found: for each released cell that is there, by its index, the cell.
        how: by what it was recognised, by the same index.
    """

    cells: list[Cell]
    found: dict[int, Cell] = field(default_factory=dict)
    how: dict[int, How] = field(default_factory=dict)


def match(cells: Sequence[Cell], sources: Sequence[SourceCell]) -> Matched:
    """Recognise the instructor's cells in a submitted notebook.

    Args:
        cells: the cells in their order.
        sources: the cells of the released notebook in their order.
    """
    return _Matcher(cells, sources).run()


def resembles(text: str, released: str) -> bool:
    """Whether a text may be the released one, changed a little."""
    lines = {line.strip() for line in released.splitlines()} - {""}
    left = lines & {line.strip() for line in text.splitlines()}
    return len(left) >= _RESEMBLES * len(lines) if lines else not text.strip()


class _Matcher:
    def __init__(self, cells: Sequence[Cell], sources: Sequence[SourceCell]) -> None:
        self._sources = sources
        self._index = {s.grade_id: i for i, s in enumerate(sources) if s.grade_id}
        self._result = Matched(list(cells))
        self._taken: set[Cell] = set()
        self._by_id: dict[str, list[Cell]] = {}
        self._by_text: dict[str, list[Cell]] = {}
        self._by_cell_id: dict[str, list[Cell]] = {}
        for cell in cells:
            self._by_id.setdefault(cell.grade_id, []).append(cell)
            self._by_text.setdefault(normal(cell.text), []).append(cell)
            self._by_cell_id.setdefault(cell.cell_id, []).append(cell)

    def run(self) -> Matched:
        for step in (
            self._locked,
            self._solutions,
            self._by_jupyters_id,
            self._by_released_text,
            self._merged,
            self._by_place,
        ):
            step()
        return self._result

    # --- what is known and what is free -------------------------------------------------------

    def _take(self, index: int, cell: Cell, how: How) -> None:
        self._result.found[index] = cell
        self._result.how[index] = how
        self._taken.add(cell)

    def _missing(self) -> Iterator[tuple[int, SourceCell]]:
        for index, source in enumerate(self._sources):
            if index not in self._result.found:
                yield index, source

    def _claiming(self, source: SourceCell) -> list[Cell]:
        return [c for c in self._by_id.get(source.grade_id, ()) if c not in self._taken]

    def _is_at_home(self, cell: Cell) -> bool:
        """Whether it claims a released cell and holds that cell's text."""
        index = self._index.get(cell.grade_id)
        return index is not None and same_text(cell.text, self._sources[index].text)

    # --- the steps ----------------------------------------------------------------------------

    def _locked(self) -> None:
        """What the instructor wrote: a text that is just the same counts for more than an id."""
        for index, source in self._missing():
            if not source.locked:
                continue
            claiming = self._claiming(source)
            same = [cell for cell in claiming if same_text(cell.text, source.text)]
            strays = [] if same else self._strays(source)
            if same:
                self._take(index, same[-1], "id")
            elif strays:
                self._take(index, strays[0], "its text")
            elif claiming:
                self._take(index, claiming[-1], "id")

    def _strays(self, source: SourceCell) -> list[Cell]:
        """Cells with the text of a released one that do not rightly claim to be another."""
        text = normal(source.text)
        if len(text) < _TELLING:
            return []
        return [
            cell
            for cell in self._by_text.get(text, ())
            if cell not in self._taken and not self._is_at_home(cell)
        ]

    def _solutions(self) -> None:
        """What a student writes: of several, one that was written in."""
        for index, source in self._missing():
            claiming = [] if source.locked or source.is_plain else self._claiming(source)
            if not claiming:
                continue
            written = [
                cell
                for cell in claiming
                if not cell.is_blank and not same_text(cell.text, source.text)
            ] or claiming
            # A person marks the last of several. Code runs in every copy, and the tests that
            # follow the first are not moved.
            self._take(index, written[-1] if source.grade else written[0], "id")

    def _by_jupyters_id(self) -> None:
        for index, source in self._missing():
            same = self._by_cell_id.get(source.cell_id, ()) if source.cell_id else ()
            free = [c for c in same if c not in self._taken and not self._claims_another(c)]
            if free:
                how: How = "id" if source.is_plain else "Jupyter's id"
                self._take(index, free[0], how)

    def _claims_another(self, cell: Cell) -> bool:
        index = self._index.get(cell.grade_id)
        return index is not None and index not in self._result.found

    def _by_released_text(self) -> None:
        """Answers left as they were, and texts that nbgrader knows nothing of."""
        for index, source in self._missing():
            strays = [] if source.locked else self._strays(source)
            if strays:
                self._take(index, strays[0], "its text")

    def _merged(self) -> None:
        """Save an answer from a cell whose text nbgrader replaces by the instructor's."""
        for index, cell in list(self._result.found.items()):
            source = self._sources[index]
            if not source.locked or same_text(cell.text, source.text):
                continue
            before, hit, after = _around(cell.text, source.text)
            if hit:
                self._save(before, cell, self._missing_answer(index, -1), offset=0)
                self._save(after, cell, self._missing_answer(index, +1), offset=1)
            elif not resembles(cell.text, source.text) and self._is_unanswered(index):
                self._save(cell.text, cell, self._missing_answer(index, -1), offset=0, free=True)

    def _save(
        self, text: str, cell: Cell, answer: int | None, *, offset: int, free: bool = False
    ) -> None:
        """Make a part of a cell a cell of its own, as an answer or, where `free`, anyway."""
        if not text.strip() or (answer is None and not free):
            return
        kind = self._sources[answer].cell_type if answer is not None else cell.cell_type
        part = Cell(kind, text.strip("\n"))
        self._result.cells.insert(self._result.cells.index(cell) + offset, part)
        if answer is not None:
            self._take(answer, part, "part")

    def _next_answer(self, index: int, step: int) -> int | None:
        """The nearest cell before or after a released one that a student writes."""
        at = index + step
        while 0 <= at < len(self._sources):
            if self._sources[at].solution:
                return at
            at += step
        return None

    def _missing_answer(self, index: int, step: int) -> int | None:
        answer = self._next_answer(index, step)
        return None if answer in self._result.found else answer

    def _is_unanswered(self, index: int) -> bool:
        answer = self._next_answer(index, -1)
        if answer is None:
            return False
        cell = self._result.found.get(answer)
        return cell is None or cell.is_blank or same_text(cell.text, self._sources[answer].text)

    def _by_place(self) -> None:
        """An answer that lost its id, by its place between cells that are known."""
        for index, source in self._missing():
            if source.solution:
                free = [
                    cell
                    for cell in self._between(index)
                    if cell.cell_type == source.cell_type and not cell.is_blank
                ]
                if free:
                    self._take(index, _likeliest(free, source), "its place")

    def _between(self, index: int) -> list[Cell]:
        """The free cells between the nearest that are known before and after."""
        cells = self._result.cells
        found = self._result.found
        before = max((i for i in found if i < index), default=None)
        after = min((i for i in found if i > index), default=None)
        begin = cells.index(found[before]) + 1 if before is not None else 0
        end = cells.index(found[after]) if after is not None else len(cells)
        return [c for c in cells[begin:end] if c not in self._taken and not self._is_copy(c)]

    def _is_copy(self, cell: Cell) -> bool:
        """Whether it repeats the cell that has its id."""
        index = self._index.get(cell.grade_id)
        owner = self._result.found.get(index) if index is not None else None
        return owner is not None and same_text(owner.text, cell.text)


def _around(text: str, released: str) -> tuple[str, bool, str]:
    """What stands before and after the released text in another, and whether it is there."""
    inner = normal(released)
    if len(inner) < _TELLING:
        return "", False, ""
    before, hit, after = normal(text).partition(inner)
    return before, bool(hit), after


def _likeliest(free: list[Cell], source: SourceCell) -> Cell:
    wanted = _names(source.text)
    naming = [cell for cell in free if wanted & _names(cell.text)]
    broken = [cell for cell in free if cell.nbgrader is not None]
    best = naming or broken or free
    return max(best, key=lambda cell: len(cell.text)) if source.grade else best[0]


def _names(text: str) -> set[str]:
    """The names that code defines."""
    return {one or other for one, other in _NAMES.findall(text)}
