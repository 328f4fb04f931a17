"""Read a notebook's file whatever it holds, or say in words why it cannot be read."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from safehaven.grading.preflight.slim import Slimmed, TooLarge, shape, slim

#: A file up to this size is read as it is; of a larger one the outputs are left out first.
SMALL_BYTES = 4 << 20
#: The most bytes that are looked at.
LARGE_BYTES = 2 << 30
#: The most bytes that are kept of a notebook without its outputs; pictures in texts count.
KEPT_BYTES = 32 << 20
#: The most values that are built.
PARTS = 1_000_000
#: The most brackets in each other: Python's reader of JSON calls itself for each.
DEPTH = 200
#: From this size on an instructor is told that outputs were left out.
NOTED_BYTES = 100 << 20

_SAVE_AGAIN = "Open it in Jupyter, check that it is your work, save it, and hand it in again."
_EXPORT = "Hand in the notebook itself, the file that ends in .ipynb."
_CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)
_LONG_NUMBER = 300

#: How a file begins that is something else, and what it is.
_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"version https://git-lfs", "a pointer of Git LFS and not the file itself"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
)


class Unreadable(Exception):
    """A file that is no notebook that can be graded.

    Attributes:
        what: what is wrong, the end of a sentence that begins with the file's name.
        remedy: what the student can do, a sentence.
    """

    def __init__(self, what: str, remedy: str = _SAVE_AGAIN) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass
class Read:
    """What a file held.

    Attributes:
        notebook: the notebook's JSON, in the format of version 4.
        notes: kinds of notes and the ends of sentences that begin with the file's name.
    """

    notebook: dict[str, Any]
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_notebook(descriptor: int) -> Read:
    """Read a notebook from the beginning of an open file.

    Raises:
        Unreadable: it is no notebook, or a broken one.
        OSError: the file cannot be read.
    """
    notes: list[tuple[str, str]] = []
    data = _slimmed(descriptor, notes)
    _refuse_other_files(data)
    text = _decode(data, notes)
    notebook = _parse(text, notes)
    return Read(_as_version_4(notebook, notes), notes)


# --- bytes ------------------------------------------------------------------------------------


def _slimmed(descriptor: int, notes: list[tuple[str, str]]) -> bytes:
    size = os.fstat(descriptor).st_size
    if size > LARGE_BYTES:
        raise Unreadable(f"is larger than {_megabytes(LARGE_BYTES)}", _CLEAR)
    if size <= SMALL_BYTES:
        data = os.pread(descriptor, SMALL_BYTES + 1, 0)
        found = shape(data, PARTS)
        if found.parts <= PARTS and found.depth <= DEPTH:
            return data
    try:
        slimmed = _slim(descriptor, "outputs")
    except TooLarge:
        slimmed = _slim_more(descriptor)
        notes.append(
            ("attachments-removed", "is so large that pictures in its texts were left out")
        )
    if size > NOTED_BYTES:
        notes.append(("outputs-removed", f"has {_megabytes(size)}; its outputs were not read"))
    if shape(slimmed.data, PARTS).parts > PARTS:
        raise Unreadable(_TOO_MUCH, _CLEAR)
    return slimmed.data


_TOO_MUCH = "holds too much besides its outputs"
_CLEAR = (
    "Choose 'Clear All Outputs' in Jupyter, take out data that is pasted in, save it, and hand "
    "it in again."
)


def _slim_more(descriptor: int) -> Slimmed:
    try:
        return _slim(descriptor, "outputs", "attachments")
    except TooLarge:
        raise Unreadable(_TOO_MUCH, _CLEAR) from None


def _slim(descriptor: int, *keys: str) -> Slimmed:
    os.lseek(descriptor, 0, os.SEEK_SET)
    left = LARGE_BYTES

    def read(most: int) -> bytes:
        nonlocal left
        data = os.read(descriptor, min(most, left))
        left -= len(data)
        return data

    return slim(read, keys, KEPT_BYTES)


def _megabytes(size: int) -> str:
    return f"{size >> 20:,} MB"


def _refuse_other_files(data: bytes) -> None:
    if not data.strip():
        raise Unreadable("is empty", "Hand in the notebook again; the upload may have failed.")
    if not data.strip(b"\0"):
        raise Unreadable(
            "holds nothing but zeros, as after a full or broken disk",
            "Look for a good copy, such as a checkpoint, and hand it in.",
        )
    beginning = data[:64].lstrip().lower()
    for magic, what in _OTHER_FILES:
        if beginning.startswith(magic.lower()):
            raise Unreadable(f"is {what}, not a notebook", _EXPORT)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decode(data: bytes, notes: list[tuple[str, str]]) -> str:
    """The text, whatever it was written in."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    # Without a mark, zeros beside the first brackets tell UTF-16 and UTF-32.
    encoding = encoding or json.detect_encoding(data[:4])
    if encoding != "utf-8":
        text = data.decode(encoding, errors="replace")
        notes.append(("encoding", f"was saved as {_ENCODINGS[encoding]} and read as such"))
    else:
        text = _decode_bytes(data, notes)
    if "\0" in text:
        text = text.replace("\0", "")
        notes.append(("encoding", "holds zero bytes, which were left out"))
    return text


_ENCODINGS = {
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}


def _decode_bytes(data: bytes, notes: list[tuple[str, str]]) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    ignored = data.decode("utf-8", errors="ignore")
    if not ignored.isascii():
        # Letters that only UTF-8 writes so: a few of its bytes are damaged.
        notes.append(("encoding", "holds a few bytes that are no text; they show as '�'"))
        return data.decode("utf-8", errors="replace")
    notes.append(("encoding", "was saved as Latin-1, not as UTF-8, and read as such"))
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


# --- JSON -------------------------------------------------------------------------------------


class _Lenient:
    """Reads JSON as Jupyter would, and remembers what JSON does not allow."""

    def __init__(self) -> None:
        self.doubled = False
        self.no_number = False

    def read(self, text: str) -> Any:
        return json.loads(
            text,
            strict=False,
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_int=self._integer,
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        self.doubled |= len(built) != len(pairs)
        return built

    def _constant(self, _: str) -> None:
        self.no_number = True

    def _integer(self, digits: str) -> int | None:
        if len(digits) <= _LONG_NUMBER:
            return int(digits)
        self.no_number = True
        return None


def _parse(text: str, notes: list[tuple[str, str]]) -> dict[str, Any]:
    reader = _Lenient()
    try:
        notebook = reader.read(text)
    except json.JSONDecodeError as error:
        raise _broken(text, error) from None
    except RecursionError:
        raise Unreadable("is nested too deeply to be a notebook") from None
    if not isinstance(notebook, dict):
        raise Unreadable("is JSON, but not a notebook", _EXPORT)
    if reader.doubled:
        notes.append(("json", "names some fields twice; the last counts, as it does in Jupyter"))
    if reader.no_number:
        notes.append(("json", "holds numbers that JSON does not know; they were left out"))
    return notebook


def _broken(text: str, error: json.JSONDecodeError) -> Unreadable:
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        return Unreadable(
            f"holds the marks of a merge conflict that was not resolved (line {line})",
            "Resolve the conflict, save the notebook in Jupyter, and hand it in again.",
        )
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return Unreadable(
            f"breaks off in line {error.lineno}: its end is missing",
            "Hand it in again; the upload may have been cut short.",
        )
    if not text.lstrip().startswith("{"):
        return Unreadable("is not a notebook", _EXPORT)
    return Unreadable(f"is no valid JSON: {error.msg}, line {error.lineno} column {error.colno}")


# --- the format -------------------------------------------------------------------------------


def _as_version_4(notebook: dict[str, Any], notes: list[tuple[str, str]]) -> dict[str, Any]:
    version = notebook.get("nbformat")
    if isinstance(version, bool) or not isinstance(version, int | float):
        raise Unreadable("does not say which version of the notebook format it has")
    if version > 4:
        raise Unreadable(
            f"says that it has version {version:g} of the notebook format; the newest known is 4",
            "Save it in the Jupyter of this course, and hand it in again.",
        )
    cells = notebook.get("cells")
    if version == 4 and isinstance(cells, list):
        _refuse_no_cells(cells)
        return notebook
    if version in (2, 3) and isinstance(notebook.get("worksheets"), list):
        cells = list(_older_cells(notebook["worksheets"]))
        _refuse_no_cells(cells)
        notes.append(("format", f"has version {version:g} of the notebook format; converted to 4"))
        return {"nbformat": 4, "metadata": notebook.get("metadata"), "cells": cells}
    raise Unreadable(
        f"says that it has version {version:g} of the notebook format, but is not built like it"
    )


def _refuse_no_cells(cells: list[Any]) -> None:
    if not any(isinstance(cell, dict) for cell in cells):
        raise Unreadable("has no cells", "Hand in the notebook that holds your work.")


def _older_cells(worksheets: list[Any]) -> Iterable[dict[str, Any]]:
    """The cells of versions 2 and 3, built as in version 4."""
    for sheet in worksheets:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        for cell in cells if isinstance(cells, list) else ():
            if not isinstance(cell, dict):
                continue
            kind = cell.get("cell_type")
            if kind == "code":
                yield {**cell, "source": cell.get("input", "")}
            elif kind == "heading":
                level = cell.get("level")
                marks = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1)
                source = cell.get("source", "")
                title = "".join(source) if isinstance(source, list) else source
                yield {**cell, "cell_type": "markdown", "source": f"{marks} {title}"}
            else:
                yield cell
