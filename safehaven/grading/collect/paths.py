"""Names from outside: which of them can be a file, a folder or a student here."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from safehaven.grading.collect.model import Unusable
from safehaven.grading.outcome import printable

#: What Windows opens as a device, with any ending.
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE
)
#: Unicode categories: control characters, what is no UTF-8, line ends.
_NO_TEXT = ("Cc", "Cs", "Zl", "Zp")
#: Marks that turn text round, so that a name reads as another one.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DRIVE = re.compile(r"[A-Za-z]:")
#: Bytes of a name, on every file system in use.
_NAME_BYTES = 255
_STUDENT_LETTERS = 128

_CLUTTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_PROGRAMS = frozenset({"__MACOSX", "__pycache__", "node_modules", "venv", ".git"})

_AGAIN = "Ask for the file under a plain name, or put it in its place by hand."
_LIST = "Give such a student another id in a list, with --students."


def safe_parts(name: str, depth: int) -> tuple[str, ...]:
    r"""The folders and the name of a file in an archive, both kinds of slashes taken as such.

    Args:
        name: as the archive has it.
        depth: how many folders may lie in one another.

    Raises:
        Unusable: it leads out of its folder, or cannot be a file on every system.
    """
    path = name.replace("\\", "/")
    if "\0" in name:
        raise Unusable("Its name holds a NUL character, which hides the rest of the name.", _AGAIN)
    if path.startswith("/"):
        raise Unusable("Its path is absolute: it would be written outside its folder.", _AGAIN)
    if _DRIVE.match(path):
        raise Unusable("Its path names a drive: it would be written outside its folder.", _AGAIN)
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if not parts:
        raise Unusable("It has no name.", _AGAIN)
    if ".." in parts:
        raise Unusable("Its path leads out of its folder ('..').", _AGAIN)
    if len(parts) > depth + 1:
        raise Unusable(f"It lies more than {depth} folders deep.", _AGAIN)
    for part in parts:
        _check_name(part)
    return parts


def _check_name(name: str) -> None:
    if any(unicodedata.category(char) in _NO_TEXT or char in _TURNING for char in name):
        raise Unusable("Its name holds a control character, or is no text.", _AGAIN)
    if len(name.encode()) > _NAME_BYTES:
        raise Unusable("Its name is too long.", _AGAIN)
    if _DEVICE.fullmatch(name):
        raise Unusable("Windows keeps its name for a device.", _AGAIN)
    if name.endswith((".", " ")):
        raise Unusable("Its name ends in a dot or a space, which Windows drops.", _AGAIN)


def safe_student(name: str) -> str:
    """A student's id that can name a folder, and that nbgrader takes for itself alone.

    Spaces around it are taken off, as nbgrader does.

    Raises:
        Unusable: it is a path or a pattern, or cannot be a folder on every system.
    """
    student = name.strip()
    shown = printable(student)
    if not student or student in (".", ".."):
        raise Unusable("A student's id is missing.", _LIST)
    if "/" in student or "\\" in student:
        raise Unusable(f"The student's id '{shown}' is a path.", _LIST)
    if set("*?[") & set(student):
        raise Unusable(f"nbgrader takes the student's id '{shown}' for a pattern.", _LIST)
    if student.startswith((".", "-")):
        raise Unusable(f"The student's id '{shown}' begins with a dot or a hyphen.", _LIST)
    if len(student) > _STUDENT_LETTERS:
        raise Unusable(f"The student's id is longer than {_STUDENT_LETTERS} letters.", _LIST)
    try:
        _check_name(student)
    except Unusable as error:
        raise Unusable(f"The student's id cannot name a folder. {error.reason}", _LIST) from error
    return student


def folded(parts: tuple[str, ...]) -> str:
    """The same for all paths that some system takes for one: upper and lower case, accents."""
    return unicodedata.normalize("NFC", "/".join(parts).casefold())


def is_clutter(parts: tuple[str, ...]) -> bool:
    """Whether a program made it, and nobody meant to hand it in."""
    name = parts[-1]
    return name in _CLUTTER or name.startswith("._") or bool(_PROGRAMS & set(parts))


def is_zip(name: str) -> bool:
    """Whether a file is to be unpacked, by its name."""
    return PurePosixPath(name).suffix.lower() == ".zip"


def is_other_archive(name: str) -> bool:
    """Whether it holds files that cannot be unpacked here."""
    return name.lower().endswith((".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz"))
