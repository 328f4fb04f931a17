"""What a forked process does first: shut itself off, take its files, then play its role."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from . import isolate, linux

#: Exit status of a process that could not be shut off or made ready: no submission has run in it.
NOT_READY = 70
#: Said when the process is shut off.
SHUT_OFF = b"shut off"


def run(limits: Mapping[str, float], scratch: str, fds: Sequence[int]) -> NoReturn:
    """Become what the job says, until the process is ended.

    Args:
        limits: the fields of `Limits`.
        scratch: the folder to live in; empty for a world of its own.
        fds: file descriptors of the job, of the socket for reports, and of the role's sockets.
    """
    job, report, *sockets = fds
    status = NOT_READY
    try:
        linux.close_all_but(set(fds))
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _no_terminal()
        home = _shut_off(limits, scratch)
        os.write(report, SHUT_OFF)
        with os.fdopen(job, "rb") as file:
            said = json.loads(file.readline())
            _take_files(said["files"], file, home / "work")
        _new_randomness()
        os.chdir(home / "work")
        role = _prepare(said, sockets, home)
        # Only now: what the role itself needs is not the submission's to answer for.
        isolate.set_limits(limits, own_count=not scratch)
        status = 0
    except BaseException:
        with contextlib.suppress(OSError):
            os.write(report, traceback.format_exc().encode())
        role = None
    os.close(report)
    try:
        if role:
            role()
    except BaseException:
        status = 1
    finally:
        os._exit(status)


def _no_terminal() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    os.close(nothing)


def _shut_off(limits: Mapping[str, float], scratch: str) -> Path:
    """Leave everything that is not this process's; the folder that is left to it."""
    home = Path(scratch)
    if not scratch:
        isolate.own_world(int(limits["disk_bytes"]))
        isolate.become_student()
        isolate.give_up_everything()
        home = isolate.HOME
    os.environ["HOME"] = str(home)
    return home


def _take_files(listed: Sequence[Sequence[Any]], source: BinaryIO, into: Path) -> None:
    """Make the folders and write the files that follow each other in a stream.

    Args:
        listed: path of each, and its size in bytes; -1 for a folder.
        source: the contents of all files.
        into: where they go.
    """
    into.mkdir()
    for name, size in listed:
        place = into / name
        folder = place if size < 0 else place.parent
        folder.mkdir(parents=True, exist_ok=True)
        if size >= 0:
            place.write_bytes(source.read(size))


def _new_randomness() -> None:
    """No two forks draw the same numbers."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _prepare(said: Mapping[str, Any], sockets: Sequence[int], home: Path) -> Callable[[], object]:
    if said["role"] == "kernel":
        from . import kernel

        listening = dict(zip(said["ports"], sockets, strict=True))
        return kernel.prepare(said["connection"], listening, home)
    from . import examiner

    return partial(examiner.serve, socket.socket(fileno=sockets[0]))
