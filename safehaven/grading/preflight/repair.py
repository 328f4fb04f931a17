"""Make of the submitted cells a notebook that nbgrader grades, and note what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from safehaven.grading.outcome import Note, printable
from safehaven.grading.preflight.cells import Cell, same_text
from safehaven.grading.preflight.matching import Matched, match
from safehaven.grading.preflight.source import NotebookSource, SourceCell

#: With this tag a cell is not run; a test that is not run has no error, and full points.
SKIP = "skip-execution"

#: More notes of a kind than this become one.
_MANY = 4

_SCHEMA = 3


@dataclass(frozen=True)
class Repaired:
    """A notebook made ready for nbgrader.

    Attributes:
        notebook: its JSON.
        notes: what was changed.
    """

    notebook: dict[str, Any]
    notes: tuple[Note, ...]


def repair(cells: Sequence[Cell], metadata: Any, source: NotebookSource) -> Repaired:
    """Put nbgrader's cells of a submitted notebook in order.

    Args:
        cells: the cells as they were handed in.
        metadata: the notebook's metadata as they were handed in, whatever they are.
        source: the notebook as it was released.
    """
    matched = match(cells, source.cells)
    notes = [
        *_kernel_notes(metadata, source),
        *_match_notes(matched, source.cells),
        *_other_notes(matched, source.cells),
    ]
    placed = _Placed(matched, source.cells)
    notes += placed.move_tests()
    notes += placed.put_back()
    notebook = {
        "cells": list(_as_json(placed)),
        "metadata": _metadata(metadata, source),
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return Repaired(notebook, tuple(_few(notes, source.name)))


# --- the order --------------------------------------------------------------------------------


class _Placed:
    """The cells in the order in which they will be graded."""

    def __init__(self, matched: Matched, sources: Sequence[SourceCell]) -> None:
        self._sources = sources
        self._found = dict(matched.found)
        self.cells = list(matched.cells)
        self.source_of = {cell: sources[index] for index, cell in matched.found.items()}

    def move_tests(self) -> Iterator[Note]:
        """Put each test that stands before its answer behind it.

        All else stays where the student put it: an answer may need what a later cell defines.
        """
        answer: Cell | None = None
        for index, source in enumerate(self._sources):
            cell = self._found.get(index)
            if source.solution:
                answer = cell or answer
            elif source.is_test and cell and answer and self._is_before(cell, answer):
                self.cells.remove(cell)
                self.cells.insert(self._end_of_part(self.cells.index(answer) + 1), cell)
                text = f"The test '{source.grade_id}' stood before its answer; it was moved."
                yield Note("moved-cell", text, cell=source.grade_id)

    def put_back(self) -> Iterator[Note]:
        """Put back each cell of nbgrader that is missing, in its place."""
        for index, source in enumerate(self._sources):
            if index in self._found or source.is_plain:
                continue
            cell = Cell(source.cell_type, _empty_text(source))
            self.cells.insert(self._place(index), cell)
            self._found[index] = cell
            self.source_of[cell] = source
            yield Note("restored-cell", _restored(source), cell=source.grade_id)

    def _place(self, index: int) -> int:
        """Where a released cell that is missing belongs."""
        earlier = (self._found[i] for i in range(index - 1, -1, -1) if i in self._found)
        before = next(earlier, None)
        at = self.cells.index(before) + 1 if before else 0
        if not self._sources[index].solution:
            return self._end_of_part(at)
        # What a student wrote in the place of an answer comes after the empty answer, so that
        # it counts; and the answer's tests, wherever they are, come after both.
        return min([at, *(self.cells.index(cell) for cell in self._tests_of(index))])

    def _tests_of(self, index: int) -> Iterator[Cell]:
        for later in range(index + 1, len(self._sources)):
            if self._sources[later].solution:
                return
            if self._sources[later].is_test and later in self._found:
                yield self._found[later]

    def _is_before(self, one: Cell, other: Cell) -> bool:
        return self.cells.index(one) < self.cells.index(other)

    def _end_of_part(self, at: int) -> int:
        """Behind the student's own cells that follow."""
        while at < len(self.cells) and self.cells[at] not in self.source_of:
            at += 1
        return at


def _empty_text(source: SourceCell) -> str:
    if source.solution and not source.grade:
        # The released text could overwrite what the student defined in another cell.
        return f"# The answer '{source.grade_id}' was missing from the submission."
    return source.text


def _restored(source: SourceCell) -> str:
    if source.solution:
        return f"The answer '{source.grade_id}' is missing; it counts as not answered."
    what = "test" if source.is_test else "task" if source.task else "given cell"
    return f"The {what} '{source.grade_id}' had been deleted; it was put back."


# --- what was found ---------------------------------------------------------------------------


def _match_notes(matched: Matched, sources: Sequence[SourceCell]) -> Iterator[Note]:
    for index, cell in sorted(matched.found.items()):
        source = sources[index]
        if source.is_plain:
            continue
        name = source.grade_id
        how = matched.how[index]
        if how == "part":
            text = f"The answer '{name}' had been merged into a locked cell; it was taken out."
            yield Note("merged-cell", text, cell=name)
            continue
        if how != "id":
            yield Note("lost-id", _lost(cell, name, how), cell=name)
        elif changed := _changed_metadata(cell, source):
            text = f"nbgrader's metadata of '{name}' were changed ({changed}); they were put back."
            yield Note("metadata", text, cell=name)
        if cell.cell_type != source.cell_type:
            text = (
                f"'{name}' had been made a {cell.cell_type} cell; it is {source.cell_type} again."
            )
            yield Note("cell-type", text, cell=name)
        if not source.solution:
            yield from _locked_notes(cell, source)


def _lost(cell: Cell, name: str, how: str) -> str:
    had = (
        f"carried the name '{cell.grade_id}'"
        if cell.grade_id
        else "had lost its name in nbgrader's metadata"
    )
    return f"The cell '{name}' {had}; it was recognised by {how}."


def _locked_notes(cell: Cell, source: SourceCell) -> Iterator[Note]:
    name = source.grade_id
    if source.cell_type == "code" and not same_text(cell.text, source.text):
        text = f"The locked cell '{name}' had been changed; the instructor's text is used."
        yield Note("locked-text", text, cell=name)
    if SKIP in cell.tags and SKIP not in source.metadata.get("tags", ()):
        text = f"'{name}' carried the tag '{SKIP}', so that it is not run; it was taken off."
        yield Note("skipped-test", text, cell=name)


def _changed_metadata(cell: Cell, source: SourceCell) -> str:
    """The fields that matter and are not as released."""
    found = cell.nbgrader or {}
    wanted = _nbgrader_metadata(source)
    # Whether a cell is locked follows from the rest, except in a cell that is only locked.
    fields = ["grade", "solution", "schema_version"]
    fields += [] if source.points is None else ["points"]
    fields += [] if source.grade or source.solution else ["locked"]
    fields += ["task"] if source.task else []
    return ", ".join(field for field in fields if not _same(found.get(field), wanted.get(field)))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def _other_notes(matched: Matched, sources: Sequence[SourceCell]) -> Iterator[Note]:
    """On the student's own cells: copies, and cells of other assignments."""
    known = {source.grade_id for source in sources if source.grade_id}
    taken = set(matched.found.values())
    own = [cell for cell in matched.cells if cell not in taken]
    for name, count in Counter(cell.grade_id for cell in own if cell.grade_id).items():
        if name in known:
            text = f"The cell '{name}' is there {count + 1} times; the others are ordinary cells."
            yield Note("duplicate-cell", text, cell=name)
        else:
            text = f"The cell '{name}' is none of this notebook's; it is an ordinary cell."
            yield Note("foreign-cell", text, cell=name)
    if any(cell.cleaned for cell in matched.cells):
        text = "Characters that no file can hold were replaced in the text of a cell."
        yield Note("text-cleaned", text)


def _few(notes: Sequence[Note], notebook: str) -> Iterator[Note]:
    """The notes with the notebook's name; many of a kind become one."""
    counts = Counter(note.kind for note in notes)
    told = set()
    for note in notes:
        if counts[note.kind] <= _MANY:
            yield Note(note.kind, note.text, notebook, note.cell)
        elif note.kind not in told:
            told.add(note.kind)
            cells = ", ".join(n.cell for n in notes if n.kind == note.kind and n.cell)
            more = f"{note.text} The same holds for {counts[note.kind] - 1} more: {cells}."
            yield Note(note.kind, more, notebook)


# --- metadata ---------------------------------------------------------------------------------


def _kernel_notes(metadata: Any, source: NotebookSource) -> Iterator[Note]:
    """A notebook in another language; another name of the same kernel tells nothing."""
    found = _kernelspec(metadata)
    wanted = source.kernelspec or _kernelspec(source.metadata)
    language = found.get("language")
    if wanted and isinstance(language, str) and language != wanted.get("language", language):
        kernel = printable(str(found.get("display_name", language)))
        name = printable(str(wanted.get("display_name", wanted.get("name"))))
        yield Note(
            "kernel", f"It was saved with the kernel '{kernel}'; it is graded with '{name}'."
        )


def _kernelspec(metadata: Any) -> dict[str, Any]:
    found = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    return dict(found) if isinstance(found, dict) else {}


def _metadata(metadata: Any, source: NotebookSource) -> dict[str, Any]:
    """The released notebook's metadata; a student's say nothing that grading needs."""
    built = {key: value for key, value in source.metadata.items() if key != "kernelspec"}
    if source.kernelspec:
        built["kernelspec"] = dict(source.kernelspec)
    elif not source.metadata:
        found = _kernelspec(metadata)
        if all(isinstance(found.get(key), str) for key in ("name", "display_name")):
            built["kernelspec"] = {key: found[key] for key in ("name", "display_name")}
    return built


def _nbgrader_metadata(source: SourceCell) -> dict[str, Any]:
    built: dict[str, Any] = {
        "cell_type": source.cell_type,
        "grade": source.grade,
        "grade_id": source.grade_id,
        "locked": source.locked,
        "schema_version": _SCHEMA,
        "solution": source.solution,
        "task": source.task,
    }
    if source.checksum:
        built["checksum"] = source.checksum
    if source.points is not None:
        built["points"] = source.points
    return built


def _as_json(placed: _Placed) -> Iterator[dict[str, Any]]:
    ids: set[str] = set()
    for number, cell in enumerate(placed.cells, 1):
        source = placed.source_of.get(cell)
        known = source if source is not None and not source.is_plain else None
        kind = known.cell_type if known else cell.cell_type
        wanted = (source.cell_id if source else "") or cell.cell_id
        built: dict[str, Any] = {
            "cell_type": kind,
            "id": _unused(wanted or f"cell-{number}", ids),
            "metadata": _cell_metadata(cell, known),
            # nbgrader puts back the text of a locked cell with its hidden tests.
            "source": known.text if known and known.locked else cell.text,
        }
        if kind == "code":
            built |= {"execution_count": None, "outputs": []}
        elif cell.attachments:
            built["attachments"] = cell.attachments
        yield built


def _cell_metadata(cell: Cell, known: SourceCell | None) -> dict[str, Any]:
    built: dict[str, Any] = dict(known.metadata) if known else {}
    if known:
        built["nbgrader"] = _nbgrader_metadata(known)
    if cell.tags and not (known and known.locked):
        built["tags"] = list(cell.tags)
    return built


def _unused(wanted: str, ids: set[str]) -> str:
    number, name = 1, wanted
    while name in ids:
        number += 1
        name = f"{wanted[:50]}-{number}"
    ids.add(name)
    return name
