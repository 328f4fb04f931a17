"""Look after forked children: end one that holds too much, say how each of them ended.

Most limits are the kernel's (`isolate.set_limits`) and hold for one process. What all processes
of a child hold together is summed up here, from a process that they cannot see.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

#: Seconds between two looks.
_PAUSE = 0.2
#: A child that its grader does not end in time is ended after this part more of the notebook's
#: seconds, and a second.
_GRACE = 1.5
#: What a kernel that has done nothing yet holds by itself, and some more: a process alone is to
#: meet the limit of `isolate.set_limits`, an error that its notebook sees.
_KERNEL_BYTES = 64 * 2**20
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Member:
    """A child.

    Attributes:
        pid: its process id, as seen from here.
        handle: a file descriptor that becomes readable when it has ended.
        report: a socket on which to say how it ended.
        started: when, in seconds of the monotonic clock.
        reason: which limit it was ended for.
        peak: the most memory that it was seen to hold, in bytes.
    """

    pid: int
    handle: int
    report: int
    started: float = field(default_factory=time.monotonic)
    reason: str = ""
    peak: int = 0


class Watch:
    """The children that live, by the file descriptor that stands for each."""

    def __init__(self, limits: Mapping[str, float], loaded: int) -> None:
        """Watch over no one yet.

        Args:
            limits: the fields of `Limits`.
            loaded: bytes of data that every child has in common with this process.
        """
        self.limits = limits
        self.most_memory = limits["memory_bytes"] + loaded + _KERNEL_BYTES
        self.members: dict[int, Member] = {}
        self.looked = 0.0

    def add(self, pid: int, report: int) -> Member:
        """Begin to watch a child.

        Args:
            pid: its process id, as seen from here.
            report: a socket on which to say how it ended.
        """
        member = Member(pid, os.pidfd_open(pid), report)
        self.members[member.handle] = member
        return member

    def pause(self) -> float | None:
        """Seconds until the next look; None while there is no one to look after."""
        return _PAUSE if self.members else None

    def look(self) -> None:
        """End every child that holds more than it may."""
        now = time.monotonic()
        if now - self.looked < _PAUSE:
            return
        self.looked = now
        for member in self.members.values():
            member.reason = member.reason or self._excess(member, now)
            if member.reason:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(member.pid, signal.SIGKILL)

    def _excess(self, member: Member, now: float) -> str:
        """Which limit a child is over, in one word; empty where it keeps them all."""
        if now - member.started > self.limits["notebook_seconds"] * _GRACE + 1:
            return "time"
        family = _family(member.pid)
        if len(family) > self.limits["processes"]:
            return "processes"
        if sum(_seconds(pid) for pid in family) > self.limits["cpu_seconds"]:
            return "cpu"
        memory = sum(_resident_bytes(pid) for pid in family)
        # Pages that a child shares with its parent are counted twice above: look again, closely.
        if memory > self.most_memory and len(family) > 1:
            memory = sum(_proportional_bytes(pid) for pid in family)
        member.peak = max(member.peak, memory)
        return "memory" if memory > self.most_memory else ""

    def interrupt(self, pid: int) -> None:
        """Interrupt a child and what runs in its foreground, as Ctrl-C does."""
        if any(member.pid == pid for member in self.members.values()):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGINT)

    def end(self, member: Member) -> None:
        """End a child, if it has not ended, with all that it started; report how it ended."""
        signal.pidfd_send_signal(member.handle, signal.SIGKILL)
        del self.members[member.handle]
        os.close(member.handle)
        _, status, used = os.wait4(member.pid, 0)
        self._end_strays()
        said = {
            "status": os.waitstatus_to_exitcode(status),
            "reason": member.reason,
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "peak_bytes": max(member.peak, used.ru_maxrss * 1024),
        }
        with contextlib.suppress(OSError):
            os.write(member.report, json.dumps(said).encode())
        os.close(member.report)

    def _end_strays(self) -> None:
        """End what a child without a PID namespace left behind, as long as there is something."""
        known = {member.pid for member in self.members.values()}
        while strays := [pid for pid in _children(os.getpid()) if pid not in known]:
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    # It grows while it is gone through.
    for member in found:
        found += _children(member)
    return found


def _children(pid: int) -> list[int]:
    """What a process has forked, and what was left to it; none where it has ended."""
    found = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - half the cost of a Path
            with open(f"/proc/{pid}/task/{task}/children", "rb") as file:  # noqa: PTH123
                found += [int(child) for child in file.read().split()]
    return found


def _seconds(pid: int) -> float:
    """CPU seconds of a process and of those of its children that it has taken leave of."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123
        # The name, in brackets, may hold anything.
        fields = file.read().rpartition(b")")[2].split()
        return sum(int(value) for value in fields[11:15]) / _TICK
    return 0


def _resident_bytes(pid: int) -> int:
    """Memory of a process that is no file's."""
    return _kilobytes(f"/proc/{pid}/status", (b"RssAnon:", b"RssShmem:"))


def _proportional_bytes(pid: int) -> int:
    """Memory of a process that is no file's, each page divided among those that share it."""
    return _kilobytes(f"/proc/{pid}/smaps_rollup", (b"Pss_Anon:", b"Pss_Shmem:"))


def _kilobytes(path: str, names: tuple[bytes, ...]) -> int:
    """The sum of some lines of a file of /proc, in bytes; 0 where the process has ended."""
    with contextlib.suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
        return sum(int(line.split()[1]) * 1024 for line in file if line.startswith(names))
    return 0
