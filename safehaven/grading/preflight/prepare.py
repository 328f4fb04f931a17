"""Make a private, repaired copy of one submission."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from safehaven.grading.outcome import Note, printable
from safehaven.grading.preflight.choose import Choice, choose
from safehaven.grading.preflight.folder import Entry, Folder, Listing, is_the_machines
from safehaven.grading.preflight.repair import repair
from safehaven.grading.preflight.source import AssignmentSource

#: The most files besides the notebooks that are kept.
FILES = 1_000

#: The longest path of a file that is kept, in bytes.
_PATH_BYTES = 400

_TIMESTAMP = "timestamp.txt"
_TIMESTAMP_BYTES = 1_000
_YEARS = range(2000, 2200)
_OFFSET = re.compile(r" ([+-]\d{4})$")

#: Packages whose names a student's file should not have, besides Python's own modules.
_PACKAGES = frozenset(
    {"IPython", "ipykernel", "matplotlib", "nbgrader", "networkx", "numpy", "pandas", "scipy"}
)


@dataclass(frozen=True)
class Prepared:
    """A submission made ready for nbgrader.

    nbgrader looks for notebooks by patterns, so it misses a student whose id holds '[': give it
    `folder` and `notebooks` themselves (`BaseConverter.assignments`) instead.

    Attributes:
        tree: the folder to use as nbgrader's `submitted_directory`; it holds one student, one
            assignment. None where the submission cannot be graded.
        notes: what was found and repaired.
        reason: why it cannot be graded, in words for the student; empty where it can.
        folder: the assignment's folder in the tree. None where there is no tree.
        notebooks: the paths of the notebooks in it.
    """

    tree: Path | None
    notes: tuple[Note, ...] = ()
    reason: str = ""
    folder: Path | None = None
    notebooks: tuple[Path, ...] = ()


def prepare(
    folder: Path, student: str, assignment: str, source: AssignmentSource, into: Path
) -> Prepared:
    """Copy a submission to `into`/submitted/<student>/<assignment>, repaired.

    Whatever was handed in, nothing is raised because of it.

    Args:
        folder: the student's folder, hostile; nothing is written there.
        student: the student's id.
        assignment: the assignment's name.
        source: what the instructor released, from `load_source`.
        into: a private folder, made where it is missing; what it held of a submission goes.

    Raises:
        OSError: this machine cannot go on: its disk is full, or no file can be opened any more.
    """
    tree = into / "submitted"
    try:
        shutil.rmtree(tree, ignore_errors=True)
        return _prepare(folder, student, tree / student / assignment, source, tree)
    except Exception as error:  # a submission that breaks this must not break the run
        shutil.rmtree(tree, ignore_errors=True)
        if isinstance(error, OSError) and is_the_machines(error):
            raise
        what = printable(f"{type(error).__name__}: {error}", 300)
        return Prepared(None, reason=f"The submission could not be read, unforeseen: {what}.")


def _prepare(
    folder: Path, student: str, target: Path, source: AssignmentSource, tree: Path
) -> Prepared:
    if reason := _unusable_id(student):
        return Prepared(None, reason=reason)
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(Folder(folder, source.submitted_root))
        except OSError as error:
            if is_the_machines(error):
                raise
            return Prepared(None, reason=_no_folder(folder, error))
        return _copy(opened, _complete(opened, source), source, target, tree)


def _unusable_id(student: str) -> str:
    """Why nbgrader cannot keep this id in the gradebook; empty where it can."""
    shown = printable(student)
    if student in ("", ".", "..") or "/" in student:
        return f"'{shown}' is no student's id."
    if any(char in student for char in "\n\r\0"):
        return f"The student's folder '{shown}' has a line break in its name; rename it."
    try:
        student.encode("utf-8")
    except UnicodeEncodeError:
        return f"The student's folder '{shown}' has a name that is no UTF-8; rename it."
    return ""


def _no_folder(folder: Path, error: OSError) -> str:
    name = printable(f"{folder.parent.name}/{folder.name}")
    if folder.is_symlink() or folder.parent.is_symlink():
        return f"'{name}' is a symbolic link, not a folder. Hand in the folder itself."
    if isinstance(error, NotADirectoryError):
        return f"'{name}' is a file, not a folder. Hand in a folder with the notebook in it."
    return f"The folder '{name}' cannot be opened ({error.strerror})."


def _complete(folder: Folder, source: AssignmentSource) -> Listing:
    """What lies in the folder, with the notebooks even where too much lies beside them."""
    listing = folder.listing()
    if not listing.cut:
        return listing
    there = {file.path for file in listing.files}
    wanted = [*(f"{notebook.name}.ipynb" for notebook in source.notebooks), _TIMESTAMP]
    more = [folder.look_at(name) for name in wanted if name not in there]
    files = tuple(entry for entry in more if entry is not None)
    return Listing(files + listing.files, listing.refused, cut=True)


def _copy(
    folder: Folder, listing: Listing, source: AssignmentSource, target: Path, tree: Path
) -> Prepared:
    choice = choose(folder, listing, source)
    if not choice.chosen:
        return Prepared(None, notes=(), reason=_nothing(choice, listing, source))
    target.mkdir(parents=True)
    notes = list(choice.notes)
    paths = []
    for notebook in source.notebooks:
        candidate = choice.chosen.get(notebook.name)
        if candidate is not None:
            repaired = repair(candidate.cells, candidate.metadata, notebook)
            notes += repaired.notes
            path = target / f"{notebook.name}.ipynb"
            text = json.dumps(repaired.notebook, ensure_ascii=False, indent=1, allow_nan=False)
            path.write_text(text + "\n", encoding="utf-8")
            paths.append(path)
    notes += _Files(folder, listing, source, choice).copy(target)
    notes += _timestamp(folder, listing, target)
    return Prepared(tree, tuple(notes), folder=target, notebooks=tuple(paths))


def _nothing(choice: Choice, listing: Listing, source: AssignmentSource) -> str:
    """Why there is nothing to grade."""
    wanted = " and ".join(f"'{notebook.name}.ipynb'" for notebook in source.notebooks)
    if choice.failures:
        return " ".join(choice.failures)
    names = [printable(file.path) for file in listing.files if file.path != _TIMESTAMP]
    refused = [f"{printable(r.path)} ({r.what})" for r in listing.refused]
    there = names + refused
    if not there:
        return f"The folder is empty. Hand in {wanted}."
    shown = ", ".join(there[:3]) + (f" and {len(there) - 3} more" if len(there) > 3 else "")
    return f"No notebook of this assignment is there, only {shown}. Hand in {wanted}."


# --- the other files --------------------------------------------------------------------------


class _Files:
    """The files that a notebook may need, copied as far as they do no harm."""

    def __init__(
        self, folder: Folder, listing: Listing, source: AssignmentSource, choice: Choice
    ) -> None:
        self._folder = folder
        self._listing = listing
        self._source = source
        parents = {candidate.entry.parent for candidate in choice.chosen.values()}
        checkpoints = any(c.entry.is_checkpoint for c in choice.chosen.values())
        # Notebooks in a subfolder expect their files beside them.
        self._base = parents.pop() if len(parents) == 1 and not checkpoints else ""
        self._inodes: dict[tuple[int, int], int] = {}
        for file in listing.files:
            self._inodes[file.inode] = self._inodes.get(file.inode, 0) + 1

    def copy(self, target: Path) -> Iterator[Note]:
        """Copy them, those beside the notebook first."""
        left_out = [f"{printable(r.path)} ({r.what})" for r in self._listing.refused]
        shadowing = []
        count, left = 0, self._source.folder_bytes
        for file in sorted(self._listing.files, key=lambda file: not self._is_beside(file)):
            if self._is_passed_over(file):
                continue
            reason = self._harm(file)
            if not reason and (count >= FILES or file.size > left):
                reason = "more than is kept"
            if not reason:
                path = target / self._place(file)
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    left -= self._folder.copy(file.path, path, left)
                    count += 1
                except OSError as error:
                    if is_the_machines(error):
                        raise
                    reason = f"cannot be copied: {error.strerror or error}"
            if reason:
                left_out.append(f"{printable(file.path)} ({reason})")
            elif _shadows(self._place(file)):
                shadowing.append(printable(self._place(file)))
        yield from self._notes(left_out, shadowing)

    def _notes(self, left_out: list[str], shadowing: list[str]) -> Iterator[Note]:
        if left_out:
            more = f" and {len(left_out) - 10} more" if len(left_out) > 10 else ""
            yield Note("left-out", f"Not kept: {', '.join(left_out[:10])}{more}.")
        if self._listing.cut:
            yield Note("left-out", "The folder holds more files than were looked at.")
        if shadowing:
            names = ", ".join(f"'{name}'" for name in shadowing[:10])
            text = (
                f"{names}: a file with the name of a Python module may be imported instead of it."
            )
            yield Note("shadowing", text)

    def _is_beside(self, file: Entry) -> bool:
        return not self._base or file.path.startswith(f"{self._base}/")

    def _place(self, file: Entry) -> str:
        beside = self._base and file.path.startswith(f"{self._base}/")
        return file.path[len(self._base) + 1 :] if beside else file.path

    def _is_passed_over(self, file: Entry) -> bool:
        """What nbgrader does not copy either, and what the instructor's files replace."""
        place = self._place(file)
        parts = place.split("/")
        ignored = any(fnmatchcase(part, ignore) for part in parts for ignore in self._source.ignore)
        return (
            ignored
            or place == _TIMESTAMP
            or place.lower().endswith(".ipynb")
            or place in self._source.files
        )

    def _harm(self, file: Entry) -> str:
        """Why a file is not kept; empty where it is."""
        place = self._place(file)
        if printable(place, len(place)) != place or len(place.encode()) > _PATH_BYTES:
            return "a name that not every system can keep"
        if file.inode in self._source.guarded:
            return "a link to a file of the course"
        if file.links > self._inodes[file.inode]:
            return "a hard link to a file elsewhere"
        if file.size > self._source.file_bytes:
            return "too large"
        if self._is_in_the_way(place):
            return "in the way of the instructor's files"
        return ""

    def _is_in_the_way(self, place: str) -> bool:
        return any(
            given.startswith(f"{place}/") or place.startswith(f"{given}/")
            for given in self._source.files
        )


def _shadows(place: str) -> bool:
    """Whether `import` may find this file or folder instead of a module."""
    top = place.partition("/")[0]
    name = top.removesuffix(".py")
    is_module = "/" in place or top.endswith(".py")
    return is_module and (name in sys.stdlib_module_names or name in _PACKAGES)


def _timestamp(folder: Folder, listing: Listing, target: Path) -> Iterator[Note]:
    """Copy the moment of handing in, where nbgrader can read it."""
    from nbgrader.utils import parse_utc

    entry = next((file for file in listing.files if file.path == _TIMESTAMP), None)
    if entry is None:
        return
    try:
        with folder.file(entry.path) as descriptor:
            data = os.read(descriptor, _TIMESTAMP_BYTES)
        # nbgrader takes an offset that stands alone, '+0200', for a number of seconds.
        moment = parse_utc(_OFFSET.sub(r"\1", data.decode("utf-8-sig").strip()))
        if moment.year not in _YEARS:
            raise ValueError(moment)
    except Exception as error:  # the parser of dates fails in many ways
        if isinstance(error, OSError) and is_the_machines(error):
            raise
        text = "timestamp.txt holds no date and time; whether it was late is not known."
        yield Note("timestamp", text)
        return
    (target / _TIMESTAMP).write_text(f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n", encoding="utf-8")
