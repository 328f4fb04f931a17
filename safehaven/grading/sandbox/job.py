"""What a forked process is sent: its role and its files, in a file in memory."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, BinaryIO

#: A file takes up whole pages of the file system in memory, and an entry in its table.
_PAGE = 4096
#: Left for what a kernel writes for itself.
_RESERVED_BYTES = 1024 * 1024


class TooLargeError(Exception):
    """A folder holds more than a process in the sandbox may have."""


def files_of(folder: Path) -> list[tuple[str, Path]]:
    """The files and folders in a folder, by their path in it.

    Of symbolic links only those to files of the folder itself are followed; pipes, sockets and
    devices are left out.
    """
    root = folder.resolve()
    found = []
    for path in sorted(folder.rglob("*")):
        inside = not path.is_symlink() or path.resolve().is_relative_to(root)
        if inside and (path.is_file() or (path.is_dir() and not path.is_symlink())):
            found.append((str(path.relative_to(folder)), path))
    return found


def written(job: dict[str, Any], folder: Path, disk_bytes: int) -> BinaryIO:
    """A file in memory with a job, a line of JSON, and then the contents of its files.

    Args:
        job: the role, and what belongs to it.
        folder: the files.
        disk_bytes: size of the file system that they go to.

    Raises:
        TooLargeError: they do not fit in.
    """
    listed = files_of(folder)
    sizes = [-1 if path.is_dir() else path.stat().st_size for _, path in listed]
    needed = sum(-(-size // _PAGE) * _PAGE for size in sizes if size > 0) + _PAGE * len(sizes)
    if needed > disk_bytes - _RESERVED_BYTES:
        raise TooLargeError(
            f"Its {len(listed)} files need {needed // 1024} KiB, more than the "
            f"{disk_bytes // 1024} KiB that it may have."
        )
    job = job | {"files": [(name, size) for (name, _), size in zip(listed, sizes, strict=True)]}
    made = os.fdopen(os.memfd_create("job"), "w+b")
    made.write(json.dumps(job).encode() + b"\n")
    for (_, path), size in zip(listed, sizes, strict=True):
        if size >= 0:
            # A file that is changed meanwhile is cut or filled up: the next one begins in time.
            made.write(path.read_bytes()[:size].ljust(size, b"\0"))
    made.flush()
    made.seek(0)
    return made
