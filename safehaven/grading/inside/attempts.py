"""What a hostile submission would try, tried for real and without harm.

Each attempt is run by a kernel in the sandbox. It returns what it reached, in words; where it
reached nothing it returns an empty text, fails, or is ended.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from . import linux, seccomp

Given = Mapping[str, Any]
_MEBIBYTE = 2**20
#: An attempt goes beyond a limit by this factor.
_TOO_FAR = 3
_SECONDS = 10


def report(name: str, given: Given) -> None:
    """Make an attempt and print, as JSON, what it reached or why it did not."""
    said = {"reached": "", "refused": ""}
    try:
        said["reached"] = ATTEMPTS[name](given)
    except Exception as refusal:
        said["refused"] = f"{type(refusal).__name__}: {refusal}"
    print(json.dumps(said))


def network(given: Given) -> str:
    """Reach a server on the machine, and find a way out of it."""
    reached = []
    with suppress(OSError), socket.create_connection(("127.0.0.1", given["port"]), 1):
        reached.append("a server on this machine")
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        # An address for documentation: nothing is sent, a route is looked up.
        way.connect(("192.0.2.1", 9))
        reached.append("a route to the Internet")
    return ", ".join(reached)


def abstract_sockets(given: Given) -> str:
    """Connect to a socket that has a name and no file."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(f"\0{given['abstract']}")
    return "a server's abstract socket"


def other_sockets(given: Given) -> str:
    """Connect to another submission's kernel."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(given["socket"])
    return "the socket of another submission's kernel"


def _others() -> list[int]:
    found = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [pid for pid in found if pid != os.getpid()]


def other_processes(_: Given) -> str:
    """See other processes."""
    seen = _others()
    return f"{len(seen)} other processes are to be seen" if seen else ""


def signals(_: Given) -> str:
    """Signal any other process, with the signal that does nothing."""
    os.kill(-1, 0)
    return "other processes can be signalled"


def memory_of_others(_: Given) -> str:
    """Read the memory map of another process, as a debugger may."""
    for pid in _others():
        with suppress(OSError):
            if Path(f"/proc/{pid}/maps").read_bytes():
                return f"the memory of process {pid}"
    return ""


def environment(given: Given) -> str:
    """Find a value of the grader's environment."""
    return "the grader's environment" if given["token"] in os.environ.values() else ""


def home(given: Given) -> str:
    """Read a file in the grader's home folder."""
    Path(given["home_file"]).read_bytes()
    return "a file in your home folder"


def course(given: Given) -> str:
    """List the course folder."""
    reached = []
    for folder, expected in given["course"].items():
        with suppress(OSError):
            names = sorted({path.name for path in Path(folder).iterdir()} - set(expected))
            reached += [f"{folder}/{name}" for name in names]
    return ", ".join(reached)


def other_submission(given: Given) -> str:
    """Find the files of another submission that is being graded."""
    for folder in given["folders"]:
        for parent, _, names in os.walk(folder):
            if given["secret"] in names:
                return f"another submission's file in {parent}"
    for pid in _others():
        path = Path(f"/proc/{pid}/cwd", given["secret"])
        with suppress(OSError):
            path.read_bytes()
            return f"another submission's file {path}"
    return ""


def writing(given: Given) -> str:
    """Write where nothing but a submission's own files is to be written."""
    reached = []
    for folder in given["places"] or _mounted():
        file = Path(folder, ".probe")
        with suppress(OSError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            file.unlink()
            reached.append(folder)
    return f"can write in {', '.join(reached)}" if reached else ""


def _mounted() -> list[str]:
    """Every place where something is mounted, but for those that are a submission's own."""
    own = ("/submission", "/tmp", "/dev/shm", "/dev/pts")
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    return [place for place in (line.split()[4] for line in lines) if place not in own]


def settings(_: Given) -> str:
    """Change a setting of the machine's kernel."""
    os.close(os.open("/proc/sys/kernel/domainname", os.O_WRONLY))
    return "settings of the machine"


def capabilities(_: Given) -> str:
    """Hold a power of root, or be able to get one from a program that has it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    status = dict(line.split(":", 1) for line in lines)
    sets = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
    held = [name for name in sets if int(status[name], 16)]
    if status["NoNewPrivs"].strip() != "1":
        held.append("new privileges")
    return ", ".join(held)


def user_namespaces(_: Given) -> str:
    """Become root in a namespace of one's own."""
    pid = os.fork()
    if pid == 0:
        try:
            linux.unshare(linux.CLONE_NEWUSER)
        except OSError as refusal:
            os._exit(refusal.errno or errno.EPERM)
        os._exit(0)
    number = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if number:
        raise OSError(number, os.strerror(number))
    return "a user namespace of its own"


def system_calls(_: Given) -> str:
    """Make each of the calls that are to be refused, with arguments that do nothing."""
    call = ctypes.CDLL(None, use_errno=True).syscall
    nothing = [ctypes.c_long(-1)] * 6
    open_ = []
    for name, number in seccomp.refused(platform.machine()).items():
        call(ctypes.c_long(number), *nothing)
        if ctypes.get_errno() != errno.EPERM:
            open_.append(name)
    if not seccomp.refused(platform.machine()):
        return f"every system call: there is no filter for {platform.machine()}"
    return ", ".join(open_)


def memory(given: Given) -> str:
    """Hold more memory than allowed in one process."""
    size = _TOO_FAR * given["limits"]["memory_bytes"]
    held = bytearray(size)
    return f"{len(held)} bytes of memory"


def memory_together(given: Given) -> str:
    """Hold more memory than allowed in several processes, each of which holds less."""
    size = int(given["limits"]["memory_bytes"] * 0.6)
    for _ in range(5):
        if os.fork() == 0:
            held = bytearray(size)
            time.sleep(_SECONDS)
            os._exit(len(held) == 0)
    time.sleep(_SECONDS / 2)
    return f"{5 * size} bytes of memory in five processes"


def processes(given: Given) -> str:
    """Start more processes than allowed."""
    number = _TOO_FAR * given["limits"]["processes"]
    for _ in range(number):
        if os.fork() == 0:
            time.sleep(_SECONDS)
            os._exit(0)
    time.sleep(1)
    return f"{number} processes"


def file_size(given: Given) -> str:
    """Write a larger file than allowed."""
    size = given["limits"]["file_bytes"] + 1
    with Path("large").open("wb") as file:
        file.seek(size - 1)
        file.write(b"x")
    return f"a file of {size} bytes"


def disk(given: Given) -> str:
    """Write more than allowed, in many files."""
    block = bytes(_MEBIBYTE)
    number = _TOO_FAR * given["limits"]["disk_bytes"] // _MEBIBYTE
    for count in range(number):
        Path(f"block{count}").write_bytes(block)
    return f"{number} MiB of files"


def open_files(given: Given) -> str:
    """Open more files than allowed."""
    number = _TOO_FAR * given["limits"]["open_files"]
    with ExitStack() as held:
        for _ in range(number):
            held.enter_context(Path("/dev/null").open("rb"))
    return f"{number} open files"


def cpu(given: Given) -> str:
    """Use more processor time than allowed."""
    end = time.process_time() + _TOO_FAR * given["limits"]["cpu_seconds"]
    while time.process_time() < end:
        pass
    return f"{time.process_time():.0f} s of processor time"


def wall(given: Given) -> str:
    """Outlive the grader's patience."""
    seconds = 2 * given["limits"]["notebook_seconds"] + 2
    time.sleep(seconds)
    return f"lived for {seconds} s"


def names_of_folders(_: Given) -> str:
    """Learn where on the machine Python lies."""
    lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()
    known = {line.split()[3] for line in lines} - {"/"}
    return f"{len(known)} names of folders of the machine" if known else ""


def load(_: Given) -> str:
    """Learn how busy the machine is."""
    return f"the load of the machine ({Path('/proc/loadavg').read_text().split()[0]})"


ATTEMPTS: dict[str, Callable[[Given], str]] = {
    attempt.__name__: attempt
    for attempt in (
        network,
        abstract_sockets,
        other_sockets,
        other_processes,
        signals,
        memory_of_others,
        environment,
        home,
        course,
        other_submission,
        writing,
        settings,
        capabilities,
        user_namespaces,
        system_calls,
        memory,
        memory_together,
        processes,
        file_size,
        disk,
        open_files,
        cpu,
        wall,
        names_of_folders,
        load,
    )
}
