"""A filter of system calls: what no namespace and no resource limit covers is refused.

Refused are ways to hold memory that no process is charged for (memory files, System V shared
memory, message queues), the kernel's keyrings and its log, and calls of large attack surface that
no notebook needs.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

from . import linux

#: Numbers of the refused system calls by machine, from the kernel's tables; `AUDIT_ARCH` first.
MACHINES: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000_003E,
        {
            "shmget": 29,
            "msgget": 68,
            "ptrace": 101,
            "syslog": 103,
            "mq_open": 240,
            "add_key": 248,
            "request_key": 249,
            "keyctl": 250,
            "perf_event_open": 298,
            "memfd_create": 319,
            "bpf": 321,
            "userfaultfd": 323,
        },
    ),
    "aarch64": (
        0xC000_00B7,
        {
            "syslog": 116,
            "ptrace": 117,
            "mq_open": 180,
            "msgget": 186,
            "shmget": 194,
            "add_key": 217,
            "request_key": 218,
            "keyctl": 219,
            "perf_event_open": 241,
            "memfd_create": 279,
            "bpf": 280,
            "userfaultfd": 282,
        },
    ),
}
#: Newer calls have the same number on every machine.
EVERYWHERE = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "memfd_secret": 447,
}

_SET_MODE_FILTER = 2
_LOAD_WORD = 0x20
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_GREATER_OR_EQUAL = 0x35
_RETURN = 0x06
_ALLOW = 0x7FFF_0000
_ERROR = 0x0005_0000
#: x86-64 has a second set of the same calls under numbers from here on.
_X32 = 0x4000_0000
# Places in the kernel's `struct seccomp_data`.
_NUMBER, _MACHINE = 0, 4


def _instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def refused(machine: str) -> dict[str, int]:
    """Names and numbers of the refused calls; none where the machine is not known."""
    return MACHINES[machine][1] | EVERYWHERE if machine in MACHINES else {}


def program(machine: str) -> bytes | None:
    """The filter for a machine as platform.machine() names it; None where it is not known."""
    if machine not in MACHINES:
        return None
    audit, _ = MACHINES[machine]
    refuse = _instruction(_RETURN, _ERROR | errno.EPERM)
    lines = [
        _instruction(_LOAD_WORD, _MACHINE),
        # 32-bit calls have other numbers: refused altogether.
        _instruction(_JUMP_IF_EQUAL, audit, yes=1),
        refuse,
        _instruction(_LOAD_WORD, _NUMBER),
        _instruction(_JUMP_IF_GREATER_OR_EQUAL, _X32, no=1),
        refuse,
    ]
    for number in refused(machine).values():
        lines += [_instruction(_JUMP_IF_EQUAL, number, no=1), refuse]
    lines.append(_instruction(_RETURN, _ALLOW))
    return b"".join(lines)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install() -> bool:
    """Put the filter on this process and all that it starts; False on an unknown machine."""
    code = program(platform.machine())
    if code is None:
        return False
    held = _Program(len(code) // 8, code)
    linux.prctl(linux.PR_SET_SECCOMP, _SET_MODE_FILTER, ctypes.addressof(held))
    return True
