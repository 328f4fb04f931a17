"""Choose, among the files of a submission, the one to grade for each notebook."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from safehaven.grading.outcome import Note, printable
from safehaven.grading.preflight.cells import CELLS, Cell, normal, read_cells, same_text
from safehaven.grading.preflight.folder import Entry, Folder, Listing, is_the_machines
from safehaven.grading.preflight.reading import Unreadable, read_notebook
from safehaven.grading.preflight.source import AssignmentSource, NotebookSource

#: The most files that are read in search of a notebook.
_FILES = 40

#: After so many seconds no further file is read; the files with the right names come first.
_SECONDS = 20.0

#: Texts shorter than this are too common to tell a notebook by.
_TELLING = 20

#: A file with another ending than .ipynb, in which a notebook may still be.
_DISGUISED = re.compile(r"\.ipynb\b|\.(json|txt)$", re.IGNORECASE)

#: The most bytes of such a file.
_DISGUISED_BYTES = 20 << 20


@dataclass
class Candidate:
    """A file that holds a notebook.

    Attributes:
        entry: the file.
        metadata: the notebook's metadata, whatever they are.
        cells: its cells.
        notes: kinds of notes, and the ends of sentences that begin with the file's name.
    """

    entry: Entry
    metadata: Any
    cells: list[Cell]
    notes: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The names in nbgrader that its cells claim."""
        return frozenset(cell.grade_id for cell in self.cells) - {""}

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts of its cells that are long enough to tell something."""
        return frozenset(text for c in self.cells if len(text := normal(c.text)) >= _TELLING)

    def says_the_same(self, other: Candidate) -> bool:
        """Whether both hold the same texts in the same order."""
        return [normal(c.text) for c in self.cells] == [normal(c.text) for c in other.cells]

    def recognised(self, source: NotebookSource) -> int:
        """How many of the cells that nbgrader knows are there, by id or by text."""
        known = [cell for cell in source.cells if not cell.is_plain]
        return sum(c.grade_id in self.ids or normal(c.text) in self.texts for c in known)

    def is_answered(self, source: NotebookSource) -> bool:
        """Whether something was written in it."""
        released = {cell.grade_id: cell for cell in source.cells if cell.solution}
        claiming = [cell for cell in self.cells if cell.grade_id in released]
        if claiming:
            return any(
                not cell.is_blank and not same_text(cell.text, released[cell.grade_id].text)
                for cell in claiming
            )
        given = {normal(cell.text) for cell in source.cells}
        return any(not cell.is_blank and normal(cell.text) not in given for cell in self.cells)


@dataclass
class Choice:
    """What is graded.

    Attributes:
        chosen: the file for each notebook, by the notebook's name in the gradebook.
        notes: what an instructor should know about it.
        failures: sentences on what could not be used, for the student.
    """

    chosen: dict[str, Candidate] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def choose(folder: Folder, listing: Listing, source: AssignmentSource) -> Choice:
    """Find each notebook of the assignment among what was handed in."""
    return _Chooser(folder, listing, source).run()


class _Chooser:
    def __init__(self, folder: Folder, listing: Listing, source: AssignmentSource) -> None:
        self._folder = folder
        self._files = listing.files
        self._refused = {refused.path: refused.what for refused in listing.refused}
        self._source = source
        self._choice = Choice()
        self._candidates: list[Candidate] = []
        self._unreadable: dict[str, Unreadable] = {}
        self._left = _FILES
        self._until = time.monotonic() + _SECONDS

    def run(self) -> Choice:
        names = {f"{notebook.name}.ipynb" for notebook in self._source.notebooks}
        notebooks = [f for f in self._files if f.name.lower().endswith(".ipynb")]
        exact = [f for f in notebooks if f.path in names]
        self._read(exact)
        self._read(f for f in notebooks if f not in exact and not f.is_checkpoint)
        if not self._choose_all():
            self._read(f for f in self._files if _is_disguised(f) and not f.is_checkpoint)
        if not self._choose_all():
            self._read(f for f in notebooks if f.is_checkpoint)
            self._choose_all()
        self._tell()
        return self._choice

    # --- reading ------------------------------------------------------------------------------

    def _read(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            if self._left == 0 or time.monotonic() > self._until:
                return
            self._left -= 1
            try:
                self._candidates.append(self._candidate(entry))
            except Unreadable as error:
                self._unreadable[entry.path] = error
            except OSError as error:
                if is_the_machines(error):
                    raise
                what = f"cannot be read ({error.strerror or error})"
                self._unreadable[entry.path] = Unreadable(what, "Hand it in again.")

    def _candidate(self, entry: Entry) -> Candidate:
        if entry.inode in self._source.guarded:
            raise Unreadable("is a link to a file of the course", "Hand in your own file.")
        with self._folder.file(entry.path) as descriptor:
            read = read_notebook(descriptor)
        cells = read.notebook["cells"]
        if len(cells) > CELLS:
            raise Unreadable(f"has {len(cells):,} cells; at most {CELLS:,} are graded")
        candidate = Candidate(entry, read.notebook.get("metadata"), read_cells(cells), read.notes)
        if entry.links > sum(other.inode == entry.inode for other in self._files):
            candidate.notes.append(("link", "is known under another name outside (a hard link)"))
        return candidate

    # --- choosing -----------------------------------------------------------------------------

    def _choose_all(self) -> bool:
        """Choose for each notebook that has none; give whether all have one."""
        for notebook in self._source.notebooks:
            if notebook.name not in self._choice.chosen:
                self._choose(notebook)
        return len(self._choice.chosen) == len(self._source.notebooks)

    def _choose(self, notebook: NotebookSource) -> None:
        path = f"{notebook.name}.ipynb"
        exact = next((c for c in self._candidates if c.entry.path == path), None)
        if exact is not None and not self._may_be(exact, notebook):
            exact = None
        others = [c for c in self._candidates if c is not exact and self._fits(c, notebook)]
        others.sort(key=lambda c: _rank(c, notebook), reverse=True)
        best = _best(notebook, exact, others)
        if best is None:
            return
        self._choice.chosen[notebook.name] = best
        self._choice.notes += self._notes(notebook, best, exact, others)

    def _may_be(self, exact: Candidate, notebook: NotebookSource) -> bool:
        """Whether a file with the right name is that notebook."""
        if exact.recognised(notebook):
            return True
        if exact.ids:
            what = "is the notebook of another assignment"
        elif any(cell.cell_type == "code" and not cell.is_blank for cell in exact.cells):
            return True  # built anew by the student, or all metadata lost
        else:
            what = "holds nothing of this assignment"
        remedy = f"Hand in your work on '{notebook.name}'."
        self._unreadable[exact.entry.path] = Unreadable(what, remedy)
        return False

    def _fits(self, candidate: Candidate, notebook: NotebookSource) -> bool:
        """Whether a file with another name is this notebook, and not rather another one."""
        if candidate in self._choice.chosen.values():
            return False
        mine = candidate.recognised(notebook)
        return mine > 0 and all(
            (mine, _alike(candidate, notebook.name))
            >= (candidate.recognised(other), _alike(candidate, other.name))
            for other in self._source.notebooks
        )

    # --- telling ------------------------------------------------------------------------------

    def _notes(
        self,
        notebook: NotebookSource,
        best: Candidate,
        exact: Candidate | None,
        others: Sequence[Candidate],
    ) -> Iterator[Note]:
        name = _shown(best.entry)
        for kind, phrase in best.notes:
            yield Note(kind, f"{name} {phrase}.", notebook.name)
        if best is not exact:
            by = (
                "a copy that Jupyter kept"
                if best.entry.is_checkpoint
                else "recognised by its cells"
            )
            text = f"{name} was graded as '{notebook.name}.ipynb'; it is {by}."
            yield Note("renamed", text, notebook.name)
        rest = [c for c in (exact, *others) if c is not None and not c.says_the_same(best)]
        if rest:
            names = ", ".join(_shown(candidate.entry) for candidate in rest[:5])
            why = _why(notebook, best, exact, rest)
            text = f"Other copies were handed in and not graded: {names}. {name} {why}."
            yield Note("candidates", text, notebook.name)

    def _tell(self) -> None:
        """Say what could not be used."""
        for notebook in self._source.notebooks:
            path = f"{notebook.name}.ipynb"
            refused = self._refused.get(path)
            if refused:
                self._fail(notebook, f"'{path}' is {refused}, not a file. Hand in the file itself.")
            elif path in self._unreadable:
                self._fail(notebook, _sentence(path, self._unreadable[path]))
            elif notebook.name not in self._choice.chosen and len(self._source.notebooks) > 1:
                self._fail(notebook, f"'{path}' was not handed in.")
        if not self._choice.failures:
            self._choice.failures = [
                _sentence(path, error)
                for path, error in self._unreadable.items()
                if path.lower().endswith(".ipynb")
            ][:3]

    def _fail(self, notebook: NotebookSource, sentence: str) -> None:
        self._choice.failures.append(sentence)
        if notebook.name in self._choice.chosen:
            self._choice.notes.append(Note("unreadable-file", sentence, notebook.name))
        else:
            text = f"{sentence} This notebook has no points."
            self._choice.notes.append(Note("missing-notebook", text, notebook.name))


def _best(
    notebook: NotebookSource, exact: Candidate | None, others: Sequence[Candidate]
) -> Candidate | None:
    """The file with the right name, unless only another one was answered; else the newest."""
    if exact is None:
        return others[0] if others else None
    only_other = others and others[0].is_answered(notebook) and not exact.is_answered(notebook)
    return others[0] if only_other else exact


def _sentence(path: str, error: Unreadable) -> str:
    return f"'{printable(path)}' {error.what}. {error.remedy}"


def _shown(entry: Entry) -> str:
    return f"'{printable(entry.path)}'"


def _why(
    notebook: NotebookSource, best: Candidate, exact: Candidate | None, rest: Sequence[Candidate]
) -> str:
    if best is exact:
        return "has the right name"
    if not any(candidate.is_answered(notebook) for candidate in rest):
        return "is the one that was answered"
    return "is the newest"


def _is_disguised(entry: Entry) -> bool:
    name = entry.name
    if name.lower().endswith(".ipynb") or name == "timestamp.txt":
        return False
    return bool(_DISGUISED.search(name)) and entry.size <= _DISGUISED_BYTES


def _alike(candidate: Candidate, name: str) -> int:
    """How far the beginning of a file's name is that of the notebook."""
    own = _plain(candidate.entry.name)
    wanted = _plain(name)
    return len(wanted) if own.startswith(wanted) else 0


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _rank(candidate: Candidate, notebook: NotebookSource) -> tuple[bool, bool, int, list[object]]:
    """What is answered counts for more than what is newer."""
    entry = candidate.entry
    return (
        not entry.is_checkpoint,
        candidate.is_answered(notebook),
        entry.changed,
        # Of copies made in one moment the last: 'ex01-Copy10' after 'ex01-Copy9'.
        [int(p) if n % 2 else p for n, p in enumerate(re.split(r"([0-9]+)", entry.path))],
    )
