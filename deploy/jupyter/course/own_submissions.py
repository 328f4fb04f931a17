"""Collect from the exchange what belongs to the student who handed it in, and nothing else."""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns, parse_utc

#: When a submission was made that does not say so: before all others.
UNKNOWN = datetime(1970, 1, 1)
#: What `nbgrader submit` writes: the name under which feedback is returned is made of it.
SECRET = re.compile(r"[0-9a-f]{128}")


class CollectOwn(ExchangeCollect):
    """Collects as nbgrader does, from people who are not all to be trusted.

    Students write to the folder of submissions themselves. nbgrader takes the name of the
    student from the name of the folder, and only warns where somebody else owns it; it follows
    links, with the rights of the account that collects; and one folder that cannot be read, or
    lacks a file that `nbgrader submit` writes, ends the collection or the feedback of all.
    """

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """A submission is its owner's, whatever name it carries."""
        name = Path(path).name
        owner = _account(os.lstat(path).st_uid)
        if owner != name.rsplit("+", 3)[0]:
            self.log.warning("%s is of %s, who owns it, and counts as theirs", path, owner)
        return {"username": owner, "filename": name, "timestamp": _time_in(name)}

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy those files that belong to the student; say what was left out."""
        owner = os.lstat(src).st_uid
        limits = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=log or self.log,
        )
        try:
            self._check_size(src)
            shutil.copytree(
                src,
                dest,
                ignore=lambda folder, names: set(limits(folder, names)) | _links(folder, names),
                copy_function=self._copier(owner),
            )
        except OSError as error:
            self.log.error("Not all of %s can be collected: %s", src, error)
        _complete(Path(dest), _time_in(Path(src).name))

    def _check_size(self, src: str) -> None:
        largest = 1000 * self.coursedir.max_dir_size
        if (size := self.get_size(src)) > largest:
            message = f"it holds {size} bytes, and {largest} are allowed"
            raise OSError(message)

    def _copier(self, owner: int) -> Callable[[str, str], str]:
        """Copies a file of this owner.

        The check is made on the opened file, so that no link put in its place in the meantime
        leads elsewhere: what the student cannot own, the student cannot have copied.
        """

        def copy(source: str, target: str) -> str:
            opened = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(opened, "rb") as file:
                found = os.fstat(file.fileno())
                if not stat.S_ISREG(found.st_mode) or found.st_uid != owner:
                    message = f"{source} is no file of {_account(owner)}"
                    raise OSError(message)
                with Path(target).open("wb") as copied:
                    shutil.copyfileobj(file, copied)
            return target

        return copy


def _links(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if (Path(folder) / name).is_symlink()}


def _time_in(name: str) -> datetime:
    """When a submission was made, from the name of its folder."""
    parts = name.rsplit("+", 3)
    return _time(parts[2]) if len(parts) > 2 else UNKNOWN


def _time(text: str) -> datetime:
    try:
        return parse_utc(text.strip())
    except (ValueError, OverflowError, TypeError):
        return UNKNOWN


def _complete(folder: Path, made: datetime) -> None:
    """Write those files of `nbgrader submit` that are not there, or cannot be what it wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    when, secret = folder / "timestamp.txt", folder / "submission_secret.txt"
    if _time(_text(when)) == UNKNOWN:
        when.write_text(f"{made} UTC", encoding="utf-8")
    if not SECRET.fullmatch(_text(secret)):
        # Nobody knows this one: the feedback is returned, and found by nobody.
        secret.write_text(secrets.token_hex(64), encoding="utf-8")


def _text(file: Path) -> str:
    """The text of a small file; empty where there is none."""
    try:
        return file.read_bytes()[:1000].decode("utf-8", errors="replace")
    except OSError:
        return ""


def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid-{uid}"
