"""Shut a freshly forked process off from everything but its own files.

Called with the fork server's capabilities and before a line of a submission is loaded; at the
end the process has no capability, and no way back.
"""

from __future__ import annotations

import fcntl
import math
import os
import re
import resource
import socket
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from . import linux, seccomp

HOME = Path("/submission")
WORK = HOME / "work"
#: The user and group that a child is inside the sandbox.
STUDENT = 1000
#: Where a child's own file system is put together; nothing stays there.
_STAGE = Path("/run/stage")
_PLACES = {"home": str(HOME), "tmp": "/tmp", "shm": "/dev/shm"}
#: Files and folders that one file system may hold, by its size.
_BYTES_A_FILE = 4_096
#: Reserved by the kernel: no core is written and no handler of cores on the machine is started.
_NO_CORE = 1
_RESERVED_BYTES = 2**30
#: The release of Linux that counts a user's processes in each user namespace by itself.
_COUNTS_BY_NAMESPACE = (5, 14)
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1
_IFREQ = "16sh22x"


def own_world(disk_bytes: int) -> None:
    """Give this process its own files, processes, network and shared memory.

    It must be the first process of a new PID namespace.

    Args:
        disk_bytes: size of the file system in memory that holds its home, /tmp and /dev/shm.

    Raises:
        OSError: the machine forbids it.
    """
    linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWNET | linux.CLONE_NEWIPC)
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    _own_files(disk_bytes)
    plain = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
    linux.mount("proc", "/proc", "proc", plain, "hidepid=2")
    linux.mount(
        "devpts",
        "/dev/pts",
        "devpts",
        linux.MS_NOSUID | linux.MS_NOEXEC,
        "newinstance,ptmxmode=666",
    )
    _loopback_up()


def _own_files(disk_bytes: int) -> None:
    options = f"size={disk_bytes},nr_inodes={disk_bytes // _BYTES_A_FILE},mode=755"
    linux.mount("tmpfs", str(_STAGE), "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, options)
    for name, place in _PLACES.items():
        folder = _STAGE / name
        folder.mkdir(mode=0o700)
        os.chown(folder, STUDENT, STUDENT)
        _take_along(Path(place), folder)
        linux.mount(str(folder), place, flags=linux.MS_BIND | linux.MS_REC)
    linux.unmount(str(_STAGE))


def _take_along(place: Path, folder: Path) -> None:
    """Show in a folder what is mounted below the place that it is to cover: Python may lie there.

    What is bound keeps the flags of its mount: it stays read-only.
    """
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    below = sorted(point for line in lines if place in (point := _mount_point(line)).parents)
    taken: list[Path] = []
    for point in below:
        if any(other in point.parents for other in taken):
            continue  # It comes with the folder that it lies in.
        taken.append(point)
        copy = folder / point.relative_to(place)
        if point.is_dir():
            copy.mkdir(parents=True)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
        linux.mount(str(point), str(copy), flags=linux.MS_BIND | linux.MS_REC)


def _mount_point(line: str) -> Path:
    """The fifth field of a line of mountinfo, in which blanks and the like are octal numbers."""
    field = line.split(" ")[4]
    return Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field))


def _loopback_up() -> None:
    """Let a program talk to itself over 127.0.0.1, which is the whole of its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack(_IFREQ, b"lo", 0)
        flags = struct.unpack(_IFREQ, fcntl.ioctl(probe, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack(_IFREQ, b"lo", flags | _IFF_UP))


def become_student() -> None:
    """Take the student's user id, in a user namespace that allows no further one.

    Where the sandbox was started by root this is another user of the machine, too, so that the
    kernel's limits on processes hold; where not, it is the same user under this number.
    """
    if os.geteuid() != STUDENT:
        os.setgroups([])
        os.setresgid(STUDENT, STUDENT, STUDENT)
        os.setresuid(STUDENT, STUDENT, STUDENT)
    linux.unshare(linux.CLONE_NEWUSER)
    # A change of user makes /proc/self root's; this gives it back.
    linux.prctl(linux.PR_SET_DUMPABLE, 1)
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{STUDENT} {STUDENT} 1")
    (own / "gid_map").write_text(f"{STUDENT} {STUDENT} 1")
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def set_limits(limits: Mapping[str, float], *, own_count: bool) -> None:
    """Set the resource limits of this process and all that it starts, beyond what it has loaded.

    Args:
        limits: the fields of `Limits`.
        own_count: whether the process has a user namespace of its own, in which the kernel counts
            its processes apart from the user's others.
    """
    memory = int(limits["memory_bytes"])
    loaded = address_space()
    values = {
        resource.RLIMIT_DATA: loaded.data + memory,
        # Shared mappings are no data; threads reserve addresses that they do not use.
        resource.RLIMIT_AS: loaded.addresses + memory + _RESERVED_BYTES,
        resource.RLIMIT_FSIZE: int(limits["file_bytes"]),
        resource.RLIMIT_NOFILE: int(limits["open_files"]),
        # `watch` ends a child that uses too much, and says so; this ends it all the same.
        resource.RLIMIT_CPU: 2 * math.ceil(limits["cpu_seconds"]),
        resource.RLIMIT_CORE: _NO_CORE,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if own_count and _release() >= _COUNTS_BY_NAMESPACE:
        values[resource.RLIMIT_NPROC] = int(limits["processes"])
    for kind, value in values.items():
        most = resource.getrlimit(kind)[1]
        allowed = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(kind, (allowed, allowed))


class Space(NamedTuple):
    """Bytes of a process's address space, and of the private data in it."""

    addresses: int
    data: int


def address_space() -> Space:
    """What this process has mapped."""
    fields = Path("/proc/self/statm").read_text().split()
    page = resource.getpagesize()
    return Space(int(fields[0]) * page, int(fields[5]) * page)


def unreadable_to_student() -> str:
    """A file of Python that a child could not read; empty where it can read all that were tried.

    Where root starts the sandbox, a child is another user of the machine.
    """
    if os.geteuid() == STUDENT:
        return ""
    os.seteuid(STUDENT)
    try:
        files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
        tried = (file for file in files if file and file.startswith("/"))
        return next(
            (file for file in tried if not os.access(file, os.R_OK, effective_ids=True)), ""
        )
    finally:
        os.seteuid(0)


def _release() -> tuple[int, ...]:
    return tuple(int(part) for part in os.uname().release.split("-")[0].split(".")[:2])


def give_up_everything() -> None:
    """Lose every capability for good, and every system call that no notebook needs."""
    linux.give_up_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.prctl(linux.PR_SET_DUMPABLE, 1)
    seccomp.install()
