"""The files of a source, wherever they lie, each with a way to copy it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from safehaven.errors import CourseError
from safehaven.grading.collect.limits import Limits
from safehaven.grading.collect.model import Refused, Unusable
from safehaven.grading.collect.paths import is_clutter, safe_parts
from safehaven.grading.outcome import printable
from safehaven.grading.preflight.folder import Entry, Folder, is_the_machines

_PERMISSIONS = "Check its permissions."


@dataclass(frozen=True)
class Item:
    """A file of a source.

    Attributes:
        parts: its path in the source, which is safe to join to a folder.
        size: its size in bytes, unpacked, as the source has it.
        copy: writes it to a path where nothing is; raises Unusable where it cannot be read.
    """

    parts: tuple[str, ...]
    size: int
    copy: Callable[[Path], None]

    @property
    def path(self) -> str:
        """Its path, for a sentence."""
        return printable("/".join(self.parts), 200)


@dataclass(frozen=True)
class Listing:
    """The files of a source.

    Attributes:
        items: those that can be copied.
        refused: those that cannot.
    """

    items: tuple[Item, ...]
    refused: tuple[Refused, ...]


def refusal(file: str, error: Unusable, student: str = "") -> Refused:
    """What to tell of a file that is refused."""
    return Refused(printable(file, 200), error.reason, error.remedy, student)


def list_folder(
    source: Path,
    limits: Limits,
    stack: ExitStack,
    guarded: frozenset[tuple[int, int]] = frozenset(),
) -> Listing:
    """The files in a folder, without following a link.

    Each folder at the top is listed on its own, so that one with a million files spoils no other.

    Args:
        source: the folder.
        limits: how much of it is looked at.
        stack: closes the folders when the items are not needed any more.
        guarded: device and inode of files that no student may read; a hard link to one is refused.

    Raises:
        CourseError: it cannot be read, or holds too much.
    """
    source = source.resolve()
    found = _Found(limits, guarded)
    try:
        names = sorted(entry.name for entry in source.iterdir())
        top = stack.enter_context(Folder(source))
    except OSError as error:
        raise CourseError(
            f"This folder cannot be read: {error.strerror}.",
            file=source,
            remedy="Check its name and its permissions.",
        ) from error
    for name in names:
        inner = source / name
        if inner.is_dir() and not inner.is_symlink():
            found.add_folder(inner, name)
        elif entry := top.look_at(name):
            found.add(entry, name, top)
        elif not is_clutter((name,)):
            found.refuse(name, _no_file("a link or no regular file"))
        if len(found.items) > limits.entries:
            raise CourseError(
                f"It holds more than {limits.entries} files.",
                file=source,
                remedy="Collect it in parts.",
            )
    return Listing(tuple(found.items), tuple(found.refused))


def _no_file(what: str) -> Unusable:
    return Unusable(f"It is {what}.", "Ask for a copy of the file itself.")


@dataclass
class _Found:
    """Gathers the files of a folder."""

    limits: Limits
    guarded: frozenset[tuple[int, int]]
    items: list[Item] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def refuse(self, name: str, error: Unusable) -> None:
        self.refused.append(refusal(name, error))

    def add_folder(self, path: Path, name: str) -> None:
        """Add what lies in a folder at the top."""
        if is_clutter((name,)):
            return
        try:
            # Items open their folder anew, so that a class needs no thousand open folders.
            with Folder(path) as folder:
                listing = folder.listing()
        except OSError as error:
            self.refuse(name, Unusable(f"It cannot be read: {error.strerror}.", _PERMISSIONS))
            return
        if listing.cut or len(listing.files) > self.limits.student_entries:
            much = f"It holds more than {self.limits.student_entries} files."
            self.refuse(name, Unusable(much, "Ask for the notebooks alone."))
            return
        for entry in listing.files:
            self.add(entry, f"{name}/{entry.path}", path)
        for special in listing.refused:
            self.refuse(f"{name}/{special.path}", _no_file(special.what))

    def add(self, entry: Entry, name: str, folder: Folder | Path) -> None:
        """Add a file, if it is one that can be handed in."""
        try:
            if "\\" in name:
                raise Unusable("Its name holds a backslash.", "Rename it.")
            if entry.inode in self.guarded:
                raise _no_file("a hard link to a file of the course")
            parts = safe_parts(name, self.limits.depth)
        except Unusable as error:
            self.refuse(name, error)
            return
        if not is_clutter(parts):
            self.items.append(Item(parts, entry.size, lambda to: _copy(folder, entry, to)))


def _copy(folder: Folder | Path, entry: Entry, to: Path) -> None:
    try:
        if isinstance(folder, Folder):
            folder.copy(entry.path, to, entry.size)
            return
        with Folder(folder) as opened:
            opened.copy(entry.path, to, entry.size)
    except OSError as error:
        if is_the_machines(error):
            raise
        raise Unusable(f"It cannot be read: {error}.", _PERMISSIONS) from error
