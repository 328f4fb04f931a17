"""Write one hand-in into an empty folder; a student's zip is unpacked, one level deep."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from safehaven.grading.collect import archive
from safehaven.grading.collect.items import Item, refusal
from safehaven.grading.collect.layout import HandIn, Part, original_name
from safehaven.grading.collect.limits import MIB, Limits
from safehaven.grading.collect.model import Refused, Unusable
from safehaven.grading.collect.paths import folded, is_other_archive, is_zip
from safehaven.grading.outcome import printable

TIMESTAMP = "timestamp.txt"

_SMALLER = "Ask for the notebooks without large outputs and data."
_ONE_LEVEL = Unusable(
    "It is an archive in an archive; only one level is unpacked.", "Ask for it unpacked."
)
_NO_ZIP = Unusable("Only zip archives are unpacked.", "Ask for a zip, or for the files themselves.")


@dataclass
class Staged:
    """What was written.

    Attributes:
        files: the files, relative to the folder.
        refused: what was not written, and why.
        notes: what an instructor should know, sentences.
    """

    files: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def stage(
    hand_in: HandIn, folder: Path, limits: Limits, notebooks: frozenset[str], *, trusted_time: bool
) -> Staged:
    """Write a hand-in into a folder.

    Args:
        hand_in: the files.
        folder: an empty folder.
        limits: how much a student may hand in.
        notebooks: the names of the assignment's notebooks.
        trusted_time: whether a timestamp.txt at the top comes from the source, and not from the
            student, who could write any time into it.

    Raises:
        Unusable: the whole is too much; nothing of it should be kept.
    """
    return _Stager(folder, limits, notebooks, trusted_time).run(hand_in)


class _Stager:
    def __init__(
        self, folder: Path, limits: Limits, notebooks: frozenset[str], trusted_time: bool
    ) -> None:
        self._folder = folder
        self._limits = limits
        self._notebooks = notebooks
        self._trusted_time = trusted_time
        self._staged = Staged()
        self._bytes = 0
        #: For each path, up to upper and lower case: the path itself and the rank of its file.
        self._written: dict[str, tuple[tuple[str, ...], int]] = {}

    def run(self, hand_in: HandIn) -> Staged:
        # The newest last: it takes the place of an older one of the same name.
        for part in sorted(hand_in.files, key=lambda part: (part.rank, part.parts)):
            name = part.parts[-1]
            try:
                if is_other_archive(name):
                    raise _NO_ZIP
                if is_zip(name):
                    self._unpack(part)
                else:
                    self._write(part)
            except Unusable as error:
                self._staged.refused.append(refusal(part.item.path, error))
        self._staged.files = sorted("/".join(parts) for parts, _ in self._written.values())
        return self._staged

    def _unpack(self, part: Part) -> None:
        """Unpack a student's zip into the folder in which it lies."""
        if part.item.size > self._limits.file_bytes:
            raise self._too_large(part.item.size)
        with tempfile.TemporaryDirectory(dir=self._folder.parent) as place:
            packed = Path(place) / "packed.zip"
            part.item.copy(packed)
            with archive.opened(packed, self._limits, self._limits.student_entries) as listing:
                outer = part.item.path
                for one in listing.refused:
                    inner = Refused(f"{outer} → {one.file}", one.reason, one.remedy)
                    self._staged.refused.append(inner)
                whole = sum(item.size for item in listing.items)
                if whole > self._limits.student_bytes:
                    raise self._too_large(whole)
                for item in _without_folder(listing.items):
                    self._unpacked(part, item)

    def _unpacked(self, part: Part, item: Item) -> None:
        """Write one file of a student's zip."""
        try:
            if is_zip(item.parts[-1]) or is_other_archive(item.parts[-1]):
                raise _ONE_LEVEL
            self._write(Part(item, (*part.parts[:-1], *item.parts), part.rank))
        except Unusable as error:
            inner = refusal(f"{part.item.path} → {item.path}", error)
            self._staged.refused.append(inner)

    def _write(self, part: Part) -> None:
        parts = (*part.parts[:-1], original_name(part.parts[-1], self._notebooks))
        if parts[0].casefold() == TIMESTAMP and not (self._trusted_time and parts == (TIMESTAMP,)):
            self._note("The student's own timestamp.txt was left out.")
            return
        self._count(part.item.size)
        target = self._folder.joinpath(*parts)
        key = folded(parts)
        older = self._written.get(key)
        if older is not None and older[1] == part.rank:
            raise Unusable(
                "Another file of this student has its name, up to upper and lower case.",
                "Ask which of both counts.",
            )
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise Unusable(
                "A file has the name of its folder.", "Ask for it again under another name."
            ) from error
        if target.is_dir():
            raise Unusable("A folder has its name.", "Ask for it again under another name.")
        # Copied aside first: where it is damaged, an older one stays.
        incoming = self._folder.with_name("incoming")
        part.item.copy(incoming)
        if older is not None:
            self._folder.joinpath(*older[0]).unlink()
            name = printable("/".join(older[0]))
            self._note(f"{name} was handed in more than once; the newest was kept.")
        incoming.rename(target)
        self._written[key] = (parts, part.rank)

    def _count(self, size: int) -> None:
        if size > self._limits.file_bytes:
            raise self._too_large(size)
        if len(self._written) >= self._limits.student_entries:
            raise Unusable(f"There are more than {self._limits.student_entries} files.", _SMALLER)
        if self._bytes + size > self._limits.student_bytes:
            raise self._too_large(self._bytes + size)
        self._bytes += size

    def _too_large(self, size: int) -> Unusable:
        most = min(self._limits.file_bytes, self._limits.student_bytes)
        return Unusable(
            f"That would be {size / MIB:.0f} MiB; {most / MIB:.0f} MiB are allowed.", _SMALLER
        )

    def _note(self, text: str) -> None:
        if text not in self._staged.notes:
            self._staged.notes.append(text)


def _without_folder(items: tuple[Item, ...]) -> list[Item]:
    """The files of a zip without the one folder in which a student packed them all."""
    tops = {item.parts[0] for item in items if len(item.parts) > 1}
    alone = len(tops) == 1 and all(len(item.parts) > 1 for item in items)
    has_notebook = any(len(i.parts) == 2 and i.parts[1].endswith(".ipynb") for i in items)
    if alone and has_notebook:
        return [Item(item.parts[1:], item.size, item.copy) for item in items]
    return list(items)
