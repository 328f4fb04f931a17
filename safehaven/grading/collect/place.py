"""Put a staged submission into the course, and never over another one without a word."""

from __future__ import annotations

import filecmp
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from safehaven.grading.collect.model import Change, Unusable
from safehaven.grading.collect.stage import TIMESTAMP

#: Bytes of a timestamp.txt that are looked at.
_TIMESTAMP_BYTES = 100


def read_time(folder: Path) -> datetime | None:
    """When a submission was handed in, in UTC, by its timestamp.txt; None where none is told."""
    from nbgrader.utils import parse_utc

    try:
        with (folder / TIMESTAMP).open("rb") as file:
            text = file.read(_TIMESTAMP_BYTES).decode("utf-8-sig").strip()
        moment: datetime = parse_utc(text)
        return moment.replace(tzinfo=UTC)
    except Exception:  # the parser of dates fails in many ways, and each means: not known
        return None


def write_time(folder: Path, moment: datetime) -> None:
    """Write the timestamp.txt that nbgrader reads."""
    (folder / TIMESTAMP).write_text(f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n", encoding="utf-8")


def place(staged: Path, target: Path, earlier: Path, *, update: bool) -> tuple[Change, list[str]]:
    """Move a staged submission to where nbgrader looks for it.

    Args:
        staged: the folder with the submission.
        target: submitted/<student>/<assignment>.
        earlier: a folder for earlier submissions of this student.
        update: whether a newer one replaces what is there; what is there is set aside.

    Returns:
        What was done, and sentences about it.

    Raises:
        Unusable: something else stands in the way.
    """
    if (
        target.is_symlink()
        or target.parent.is_symlink()
        or (target.exists() and not target.is_dir())
    ):
        raise Unusable(
            f"'{target.name}' of this student is no folder but a link or a file.", "Remove it."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        _move(staged, target)
        return "new", []
    if _same(staged, target):
        return "unchanged", []
    if not update:
        return "kept the earlier one", ["Another submission is there. To replace it, use --update."]
    old, new = read_time(target), read_time(staged)
    if old is not None and new is not None and new < old:
        return "kept the earlier one", ["The submission that is there was handed in later."]
    aside = _free(earlier)
    aside.parent.mkdir(parents=True, exist_ok=True)
    _move(target, aside)
    try:
        _move(staged, target)
    except OSError:
        _move(aside, target)
        raise
    return "replaced", [f"The earlier one is kept in {aside}."]


def _move(source: Path, target: Path) -> None:
    """Move a folder, so that it is at its new place as a whole or not at all."""
    try:
        source.rename(target)
    except OSError:
        # On another disk: copied beside its place first.
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(source, beside)
        beside.rename(target)
        shutil.rmtree(source)


def _free(path: Path) -> Path:
    """A path below, named by the moment, at which nothing is."""
    name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    number = 1
    while (path / f"{name}-{number}").exists():
        number += 1
    return path / f"{name}-{number}"


def _same(new: Path, old: Path) -> bool:
    """Whether both hold the same files with the same bytes; a time that is not known is no news."""
    files, there = _files(new), _files(old)
    if TIMESTAMP not in files:
        there.discard(TIMESTAMP)
    return files == there and all(
        filecmp.cmp(new / name, old / name, shallow=False) for name in files
    )


def _files(folder: Path) -> set[str]:
    return {
        str(Path(where, name).relative_to(folder))
        for where, _, names in os.walk(folder)
        for name in names
    }
