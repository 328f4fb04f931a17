"""Fingerprints: whether a submission, or the assignment, is still the one that was graded."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

#: Bytes of a folder's files that are read. Of what is left, size and time of change count.
_READ = 256 << 20
_PIECE = 1 << 20
#: Files and folders in a folder that are looked at: a hostile one may hold millions.
_FILES = 20_000


def folder_fingerprint(folder: Path) -> str:
    """The fingerprint of a folder's files: their names, kinds and content.

    The folder may be hostile: links are not followed, and nothing but plain files is opened.
    """
    return _fingerprint(islice(_inside(os.fsencode(folder)), _FILES), _READ)


def files_fingerprint(paths: Iterable[str]) -> str:
    """The fingerprint of files that are trusted: their paths and all their content."""
    names = sorted(map(os.fsencode, paths))
    return _fingerprint(((name, name) for name in names), None)


def _fingerprint(files: Iterable[tuple[bytes, bytes]], most: int | None) -> str:
    found = hashlib.sha256()
    left = float("inf") if most is None else most
    for name, path in files:
        found.update(b"%d %s" % (len(name), name))
        try:
            about = os.lstat(path)
            found.update(b"%d" % stat.S_IFMT(about.st_mode))
            if stat.S_ISLNK(about.st_mode):
                found.update(os.readlink(path))  # noqa: PTH115
            elif stat.S_ISREG(about.st_mode):
                found.update(b"%d" % about.st_size)
                left -= _add_content(found, path, left)
                if left <= 0:
                    found.update(b"%d" % about.st_mtime_ns)
        except OSError as error:
            found.update(b"%d" % (error.errno or 0))
    return found.hexdigest()


def _inside(folder: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names from the folder on, and paths, in one order on every machine."""
    # Folders can be nested deeper than calls can.
    waiting = [(b"", folder)]
    while waiting:
        inside, path = waiting.pop()
        for entry in _entries(path):
            name = inside + b"/" + entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append((name, entry.path))
            yield name, entry.path


def _entries(folder: bytes) -> list[os.DirEntry[bytes]]:
    """What a folder holds, but no more than is looked at."""
    try:
        with os.scandir(folder) as entries:
            return sorted(islice(entries, _FILES), key=lambda entry: entry.name)
    except OSError:
        return []


def _add_content(found: Any, path: bytes, most: float) -> int:
    """Add what a file holds; give how many bytes that were."""
    read = 0
    # What was a plain file a moment ago may be a pipe now: opening it must not wait.
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123
        while read < most and (piece := file.read(_PIECE)):
            found.update(piece)
            read += len(piece)
    return read


def fingerprint(*parts: Any) -> str:
    """The fingerprint of plain data: what JSON can write, and what it shows as text."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def grades_fingerprint(grades: Iterable[Mapping[str, Any]]) -> str:
    """The fingerprint of the points that the tests gave, from rows of the table of grades."""
    return fingerprint(sorted((str(row["cell_id"]), row["auto_score"]) for row in grades))
