"""The fork server: loads the packages once, and forks a shut-off process for each submission.

It reads requests from one socket, each with file descriptors: the job (a memory file that only
the child reads, so that nothing of one submission stays in the memory that the next one is forked
from), the socket for reports, and the sockets of the child's role. It stays single-threaded, and
answers, on the socket for reports, with a file descriptor that stands for the child: several
processes may ask at a time.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from . import child, isolate, linux, preload, watch

_MOST_FDS = 16
_MESSAGE_BYTES = 65_536


@dataclass(frozen=True)
class Settings:
    """How children are kept, as the outside sends it first.

    Attributes:
        limits: the fields of `Limits`.
        contained: whether children get namespaces of their own.
        preload: modules to import before the first fork.
    """

    limits: Mapping[str, float]
    contained: bool
    preload: tuple[str, ...]


def main(control: int) -> None:
    """Serve requests from an inherited socket until it is closed.

    Args:
        control: file descriptor of a connected socket that keeps message boundaries.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=control) as line:
        role = _Server(line, _greet(line)).run()
    # Only a forked child comes here with something to do, with the server's frames behind it.
    if role:
        role()


def _greet(line: socket.socket) -> Settings:
    """Load the packages that the outside names, and answer which are there."""
    settings = Settings(**json.loads(line.recv(_MESSAGE_BYTES)))
    gc.disable()
    loaded = preload.load(settings.preload)
    gc.collect()
    # What is loaded is never collected: a child's collector does not touch, and so copy, it.
    gc.freeze()
    gc.enable()
    unreadable = isolate.unreadable_to_student() if settings.contained else ""
    line.send(json.dumps({"loaded": loaded, "unreadable": unreadable}).encode())
    return settings


class _Server:
    """Forks on request, and watches over what it forked."""

    def __init__(self, line: socket.socket, settings: Settings) -> None:
        self.line = line
        self.settings = settings
        self.watch = watch.Watch(settings.limits, isolate.address_space().data)
        self.own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        if not settings.contained:
            # What a child leaves behind becomes this process's, and can be ended.
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        self.selector = selectors.DefaultSelector()
        self.selector.register(line, selectors.EVENT_READ)

    def run(self) -> Callable[[], None] | None:
        """Serve until the outside hangs up; in a child, come back with what it is to do."""
        while True:
            for key, _ in self.selector.select(self.watch.pause()):
                if key.fileobj is not self.line:
                    self._end(key.data)
                    continue
                said, fds, _, _ = socket.recv_fds(self.line, _MESSAGE_BYTES, _MOST_FDS)
                if not said:
                    for member in list(self.watch.members.values()):
                        self._end(member)
                    return None
                role = self._answer(json.loads(said), fds)
                if role:
                    return role
            self.watch.look()

    def _end(self, member: watch.Member) -> None:
        """Take leave of a child that has ended, or whose report nobody will read."""
        if member.handle in self.watch.members:
            self.selector.unregister(member.handle)
            self.selector.unregister(member.report)
            self.watch.end(member)

    def _answer(self, said: Mapping[str, Any], fds: list[int]) -> Callable[[], None] | None:
        """Do as asked; in a forked child, give back what it is to do."""
        if "interrupt" in said:
            self.watch.interrupt(said["interrupt"])
            return None
        job, report, *sockets = fds
        try:
            pid = self._fork()
        except OSError as refused:
            os.write(report, json.dumps({"refused": str(refused)}).encode())
            sockets.append(report)
        else:
            if pid == 0:
                # Else the collector would close it some day, under a number that is another's.
                self.selector.close()
                return partial(child.run, self.settings.limits, said["scratch"], fds)
            self._keep(pid, report)
        for fd in (job, *sockets):
            os.close(fd)
        return None

    def _keep(self, pid: int, report: int) -> None:
        """Watch over a child, and hand what stands for it to who asked for it."""
        member = self.watch.add(pid, report)
        # Nothing is ever sent on the socket for reports: it is readable when it was given up.
        for fd in (member.handle, report):
            self.selector.register(fd, selectors.EVENT_READ, member)
        with socket.socket(fileno=os.dup(report)) as line, contextlib.suppress(OSError):
            socket.send_fds(line, [json.dumps({"pid": pid}).encode()], [member.handle])

    def _fork(self) -> int:
        """Fork; a contained child is the first process of its own PID namespace."""
        if not self.settings.contained:
            return os.fork()
        linux.unshare(linux.CLONE_NEWPID)
        pid = 0
        try:
            pid = os.fork()
        finally:
            if pid:
                linux.setns(self.own_pids, linux.CLONE_NEWPID)
        return pid
