"""A zip from a stranger: what it says of itself is checked before anything of it is unpacked.

The size of the table of contents is read before Python's zipfile reads the table, which could
hold millions of entries; then every entry is judged by what it declares; and what is unpacked is
counted, so that an entry that lies about its size is cut off there. Nothing is ever unpacked by
zipfile's own `extract`.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from safehaven.grading.collect.items import Item, Listing, refusal
from safehaven.grading.collect.limits import MIB, Limits
from safehaven.grading.collect.model import Refused, Unusable
from safehaven.grading.collect.paths import folded, is_clutter, safe_parts

_PACK_AGAIN = "Ask for it again, packed as an ordinary zip or not packed at all."
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError)

_ENCRYPTED = 0x1 | 0x40
_UTF8 = 0x800
_UNIX = 3

#: The end of a zip (without its comment), and where the size of the table of contents stands.
_END, _END_BYTES = b"PK\x05\x06", 22
_END64, _LOCATOR64 = b"PK\x06\x06", b"PK\x06\x07"
_COMMENT_BYTES = 0xFFFF
_UNKNOWN = 0xFFFFFFFF
#: An entry of the table of contents takes 46 bytes and its name.
_ENTRY_BYTES = 512


@contextmanager
def opened(file: Path, limits: Limits, entries: int) -> Iterator[Listing]:
    """The files of a zip, to be copied while it is open.

    Args:
        file: the zip.
        limits: how much its files may hold.
        entries: how many files it may hold.

    Raises:
        Unusable: on entering, where nothing of it can be used.
    """
    with file.open("rb") as stream:
        _check_table(stream, entries)
        try:
            archive = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise Unusable(f"It is no zip that can be read ({error}).", _PACK_AGAIN) from error
        with archive:
            yield _listing(archive, limits, entries)


def _check_table(stream: BinaryIO, entries: int) -> None:
    """See that the table of contents is small enough to be read.

    Raises:
        Unusable: it is too large, or there is none.
    """
    size = stream.seek(0, 2)
    tail_bytes = min(size, _END_BYTES + _COMMENT_BYTES + 20)
    stream.seek(size - tail_bytes)
    tail = stream.read(tail_bytes)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise Unusable("It is no zip, or its end is missing.", _PACK_AGAIN)
    (table,) = struct.unpack_from("<L", tail, at + 12)
    if table == _UNKNOWN and at >= 20 and tail[at - 20 : at - 16] == _LOCATOR64:
        (place,) = struct.unpack_from("<Q", tail, at - 12)
        if place > size:
            raise Unusable("It is no zip that can be read.", _PACK_AGAIN)
        stream.seek(place)
        head = stream.read(56)
        if len(head) < 56 or not head.startswith(_END64):
            raise Unusable("It is no zip that can be read.", _PACK_AGAIN)
        (table,) = struct.unpack_from("<Q", head, 40)
    if table > entries * _ENTRY_BYTES:
        raise Unusable(f"It holds more than {entries} files.", _PACK_AGAIN)
    stream.seek(0)


def _listing(archive: zipfile.ZipFile, limits: Limits, entries: int) -> Listing:
    found = archive.infolist()
    if len(found) > entries:
        raise Unusable(f"It holds more than {entries} files.", _PACK_AGAIN)
    _check_overlaps(found, archive.start_dir)
    items: list[Item] = []
    refused: list[Refused] = []
    names: set[str] = set()
    for info in found:
        name = _name(info)
        try:
            parts = safe_parts(name, limits.depth)
            if is_clutter(parts) or _is_folder(info, name):
                continue
            _check(info, limits)
            _check_new(parts, names)
        except Unusable as error:
            refused.append(refusal(name, error))
        else:
            items.append(Item(parts, info.file_size, _Copier(archive, info)))
    return Listing(tuple(items), tuple(refused))


def _check_overlaps(found: list[zipfile.ZipInfo], table: int) -> None:
    """A bomb packs one block of bytes, and names it as the content of many files."""
    places = sorted((info.header_offset, info.compress_size) for info in found)
    places.append((table, 0))
    for (place, packed), (end, _) in pairwise(places):
        if place < 0 or place + packed > end:
            raise Unusable("Its files overlap, as those of an archive bomb do.", _PACK_AGAIN)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of an entry. Canvas, and others, write UTF-8 without saying so."""
    name: str = info.orig_filename
    if not info.flag_bits & _UTF8:
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name
    return name


def _is_folder(info: zipfile.ZipInfo, name: str) -> bool:
    return name.endswith(("/", "\\")) and info.file_size == 0


def _check(info: zipfile.ZipInfo, limits: Limits) -> None:
    """What an entry says of itself.

    Raises:
        Unusable: it is no file that can be unpacked within the limits.
    """
    mode = info.external_attr >> 16
    if info.create_system == _UNIX and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        what = "a symbolic link" if stat.S_ISLNK(mode) else "no regular file"
        raise Unusable(f"It is {what}.", "Ask for a copy of the file itself.")
    if info.flag_bits & _ENCRYPTED:
        raise Unusable("It is encrypted.", "Ask for it again without a password.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unusable("It is packed in a way that few programs know.", _PACK_AGAIN)
    if info.file_size > limits.file_bytes:
        raise Unusable(
            f"It would be {info.file_size // MIB} MiB large; "
            f"{limits.file_bytes // MIB} MiB are allowed.",
            "Ask for the notebook without its outputs and large data.",
        )
    if info.file_size > MIB and info.file_size > limits.ratio * max(1, info.compress_size):
        raise Unusable(
            f"Unpacked, it is more than {limits.ratio} times larger, as an archive bomb is.",
            _PACK_AGAIN,
        )


def _check_new(parts: tuple[str, ...], names: set[str]) -> None:
    """Remember a path.

    Raises:
        Unusable: some system would take it for one that was there before.
    """
    name = folded(parts)
    above = [folded(parts[:at]) for at in range(1, len(parts))]
    if name in names or f"{name}/" in names or any(one in names for one in above):
        raise Unusable(
            "Its name is that of another file or folder in it, up to upper and lower case.",
            "Ask for it again under a name of its own.",
        )
    names.add(name)
    names.update(f"{one}/" for one in above)


class _Copier:
    """Copies one entry, and never more bytes than it declares."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._info = info

    def __call__(self, to: Path) -> None:
        try:
            with self._archive.open(self._info) as source, to.open("xb") as target:
                copied = 0
                while chunk := source.read(MIB):
                    copied += len(chunk)
                    target.write(chunk)
                if copied != self._info.file_size:
                    raise zipfile.BadZipFile("it ends too early")
        except (*_BROKEN, RuntimeError) as error:
            to.unlink(missing_ok=True)
            raise Unusable(f"It is damaged ({error}).", _PACK_AGAIN) from error
