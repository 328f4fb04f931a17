"""A folder that a stranger filled: list it and read from it without following or blocking.

Every file is opened from its folder's descriptor, without following links, and without waiting
(a named pipe would block for ever). Nothing is written.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_DIRECTORY = _FILE | os.O_DIRECTORY

#: How deep folders are looked into, and how many entries are looked at.
DEPTH = 12
ENTRIES = 20_000

#: Folders that programs make; a notebook in them is none that a student meant to hand in.
_PROGRAMS = frozenset({"__MACOSX", "__pycache__", "node_modules", "venv"})

#: Files that programs make.
_CLUTTER = (".DS_Store", "Thumbs.db", "desktop.ini")

CHECKPOINTS = ".ipynb_checkpoints"

_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)


def is_the_machines(error: OSError) -> bool:
    """Whether an error tells of this machine (a full disk), and nothing of the submission."""
    return error.errno in _MACHINE


@dataclass(frozen=True)
class Entry:
    """A regular file of the folder.

    Attributes:
        path: its path in the folder, with slashes; as the file system has it.
        size: in bytes.
        changed: when it was last written, in nanoseconds.
        inode: device and inode.
        links: under how many names it is known.
    """

    path: str
    size: int
    changed: int
    inode: tuple[int, int]
    links: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> str:
        """The folder in the folder; empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def is_checkpoint(self) -> bool:
        """Whether it is a copy that Jupyter kept."""
        return CHECKPOINTS in self.path.split("/")


@dataclass(frozen=True)
class Refused:
    """Something in the folder that is not read.

    Attributes:
        path: its path in the folder.
        what: what it is, in words: "a symbolic link".
    """

    path: str
    what: str


@dataclass(frozen=True)
class Listing:
    """What lies in a folder.

    Attributes:
        files: the regular files, those at the top first.
        refused: what is not read.
        cut: whether there is more than was looked at.
    """

    files: tuple[Entry, ...]
    refused: tuple[Refused, ...]
    cut: bool


class Folder:
    """An open folder; use it as a context manager.

    Raises:
        OSError: on entering, where it is no folder, is a link or must not be read.
    """

    def __init__(self, path: Path, below: Path | None = None) -> None:
        """Name the folder.

        Args:
            path: the folder.
            below: a folder above it that is to be trusted; no part of the path after it may
                be a link. The folder's own parent where nothing is said.
        """
        trusted = below if below is not None and path.is_relative_to(below) else path.parent
        self._trusted = trusted
        self._parts = path.relative_to(trusted).parts
        self._descriptor = -1

    def __enter__(self) -> Folder:
        descriptor = os.open(self._trusted, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for part in self._parts:
            try:
                inner = os.open(part, _DIRECTORY, dir_fd=descriptor)
            finally:
                os.close(descriptor)
            descriptor = inner
        self._descriptor = descriptor
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def listing(self) -> Listing:
        """Everything that lies in it, folder by folder, down to a limit."""
        files: list[Entry] = []
        refused: list[Refused] = []
        folders = [("", 0)]
        left, cut = ENTRIES, False
        for path, depth in folders:
            for inner, found in self._inside(path, left + 1):
                left -= 1
                if left < 0:
                    return Listing(tuple(files), tuple(refused), cut=True)
                if isinstance(found, Entry):
                    files.append(found)
                elif isinstance(found, Refused):
                    refused.append(found)
                elif found and depth < DEPTH:
                    folders.append((inner, depth + 1))
                cut = cut or (found is True and depth >= DEPTH)
        return Listing(tuple(files), tuple(refused), cut)

    def look_at(self, name: str) -> Entry | None:
        """One file at the top by its name, however much lies beside it; None if not there."""
        found = _look_at(self._descriptor, name, name)
        return found if isinstance(found, Entry) else None

    def _inside(self, path: str, most: int) -> list[tuple[str, Entry | Refused | bool]]:
        """What lies in one folder, by name; at most so many, so that millions cost no more."""
        try:
            with self._opened(path, _DIRECTORY) as descriptor:
                with os.scandir(descriptor) as entries:
                    names = sorted(entry.name for entry in islice(entries, most))
                paths = [(f"{path}/{name}" if path else name, name) for name in names]
                return [(inner, _look_at(descriptor, name, inner)) for inner, name in paths]
        except OSError as error:
            if is_the_machines(error):
                raise
            what = f"a folder that cannot be opened: {error.strerror}"
            return [(path, Refused(path, what))]

    @contextmanager
    def _opened(self, path: str, flags: int) -> Iterator[int]:
        """A descriptor of something inside, reached without following any link."""
        *folders, last = path.split("/") if path else ["."]
        here = os.dup(self._descriptor)
        try:
            for folder in folders:
                inner = os.open(folder, _DIRECTORY, dir_fd=here)
                os.close(here)
                here = inner
            descriptor = os.open(last, flags, dir_fd=here)
        finally:
            os.close(here)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def file(self, path: str) -> Iterator[int]:
        """A descriptor to read a regular file from.

        Raises:
            OSError: it cannot be read, or is no regular file any more.
        """
        with self._opened(path, _FILE) as descriptor:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(f"'{path}' is no regular file")
            yield descriptor

    def copy(self, path: str, to: Path, most: int) -> int:
        """Copy a file; give the number of its bytes.

        Raises:
            OSError: it cannot be read or written, or holds more than `most` bytes.
        """
        copied = 0
        with self.file(path) as source, to.open("xb") as target:
            while chunk := os.read(source, 1 << 20):
                copied += len(chunk)
                if copied > most:
                    to.unlink()
                    raise OSError(f"'{path}' grew while it was read")
                target.write(chunk)
        return copied


def _look_at(descriptor: int, name: str, path: str) -> Entry | Refused | bool:
    try:
        return _judge(path, os.stat(name, dir_fd=descriptor, follow_symlinks=False))
    except OSError as error:
        return Refused(path, f"a file that cannot be looked at: {error.strerror}")


def _judge(path: str, status: os.stat_result) -> Entry | Refused | bool:
    """A file, something refused, True for a folder to look into, False for clutter."""
    name = path.rpartition("/")[2]
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        hidden = name.startswith(".") and name != CHECKPOINTS
        return not hidden and name not in _PROGRAMS
    if not stat.S_ISREG(mode):
        return Refused(path, _SPECIAL.get(stat.S_IFMT(mode), "no regular file"))
    if name.startswith("._") or name in _CLUTTER:
        return False
    inode = (status.st_dev, status.st_ino)
    return Entry(path, status.st_size, status.st_mtime_ns, inode, status.st_nlink)


_SPECIAL = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
}
