"""Try what a hostile submission would try, and say what the sandbox contains on this machine."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

import zmq
from jupyter_client.session import Session

from safehaven.grading.inside.attempts import ATTEMPTS
from safehaven.grading.sandbox.bubblewrap import python_folders
from safehaven.grading.sandbox.child import SandboxError
from safehaven.grading.sandbox.limits import Limits
from safehaven.grading.sandbox.server import Sandbox

#: What no probe can try, and no sandbox of this kind contains.
NOT_CONTAINED = (
    "Errors of the Linux kernel itself: all submissions share it with the machine.",
    "Time: a submission can slow others down by what it does to caches and processor, and can "
    "measure how long things take.",
    "Memory that the kernel holds for sockets and pipes: it is limited only by how many files and "
    "processes a submission may have.",
    "The order of sets: all processes have the same hash seed, so that grading can be repeated.",
)

_MEBIBYTE = 2**20
#: Small, so that every one is reached at once.
_LIMITS = Limits(
    notebook_seconds=20,
    cpu_seconds=20,
    memory_bytes=192 * _MEBIBYTE,
    processes=24,
    file_bytes=4 * _MEBIBYTE,
    disk_bytes=16 * _MEBIBYTE,
    open_files=128,
)
#: Attempts that take as long as their limit lets them get a shorter one.
_SHORT = {"cpu": replace(_LIMITS, cpu_seconds=1), "wall": replace(_LIMITS, notebook_seconds=0.5)}

_ASK_AGAIN_MILLISECONDS = 100
_TITLES = {
    "network": "network",
    "abstract_sockets": "abstract sockets of the machine",
    "other_sockets": "sockets of other submissions",
    "other_processes": "list of other processes",
    "signals": "signals to other processes",
    "memory_of_others": "memory of other processes",
    "environment": "environment variables",
    "home": "your home folder",
    "course": "course folder and gradebook",
    "other_submission": "files of other submissions",
    "writing": "writing outside its own folders",
    "settings": "settings of the machine",
    "capabilities": "powers of root",
    "user_namespaces": "new user namespaces",
    "system_calls": "system calls that no notebook needs",
    "memory": "memory of one process",
    "memory_together": "memory of all processes",
    "processes": "number of processes",
    "file_size": "size of a file",
    "disk": "disk space",
    "open_files": "open files",
    "cpu": "processor time",
    "wall": "time",
    "names_of_folders": "names of Python's folders",
    "load": "load of the machine",
}
#: Those that may end the kernel they are made in.
_ENDING = {"memory", "memory_together", "processes"}
_HARMLESS = set(ATTEMPTS) - _ENDING - set(_SHORT)
#: What is known not to be contained, and does no harm.
_NOT_PROMISED = {"names_of_folders", "load"}


@dataclass(frozen=True)
class Probe:
    """One thing that a submission could try.

    Attributes:
        name: what it tried.
        contained: whether it was refused or stopped.
        detail: what it reached, or how it was stopped.
        promised: whether the sandbox is meant to contain it.
    """

    name: str
    contained: bool
    detail: str
    promised: bool = True


def check(
    course: Path | None = None, *, contained: bool = True, names: Iterable[str] = tuple(ATTEMPTS)
) -> list[Probe]:
    """Make attempts in kernels of sandboxes that are started for it.

    Args:
        course: the course folder, to see that it is out of reach.
        contained: False tries the same without a sandbox.
        names: which of `ATTEMPTS`; all of them where nothing is said.

    Raises:
        CourseError: there can be no sandbox here.
    """
    hidden = (course.resolve(),) if course else ()
    wanted = list(names)
    found: dict[str, Probe] = {}
    with _surroundings() as given:
        for group in (_HARMLESS, _ENDING, *({name} for name in _SHORT)):
            tried = [name for name in wanted if name in group]
            limits = _SHORT.get(tried[0], _LIMITS) if tried else _LIMITS
            if tried:
                found |= _try(tried, limits, given, hidden, contained)
    return [found[name] for name in wanted]


def _try(
    names: list[str],
    limits: Limits,
    given: dict[str, Any],
    hidden: tuple[Path, ...],
    contained: bool,
) -> dict[str, Probe]:
    """Make attempts in one sandbox; those that may end a kernel in a kernel of their own."""
    with ExitStack() as stack:
        sandbox = stack.enter_context(
            Sandbox(limits, contained=contained, preload=("inside.attempts",), hidden=hidden)
        )
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (files / given["secret"]).touch()
        other = stack.enter_context(sandbox.fork_kernel(files))
        (files / given["secret"]).unlink()
        other.wait_ready()
        given = given | {
            "limits": asdict(limits),
            "course": given["course"]
            | {
                str(folder): _shown_in(folder, [*python_folders(), *sandbox.read_only])
                for folder in hidden
            },
            "socket": f"{other.connection_info['ip']}-1",
            "folders": ["/submission", "/tmp", "/dev/shm", "/run", "/home", str(sandbox.folder)],
        }
        if _HARMLESS.issuperset(names):
            kernel = stack.enter_context(_Kernel(sandbox, files))
            return {name: _attempt(kernel, name, given) for name in names}
        found = {}
        for name in names:
            with _Kernel(sandbox, files) as kernel:
                found[name] = _attempt(kernel, name, given)
        return found


def _attempt(kernel: _Kernel, name: str, given: dict[str, Any]) -> Probe:
    title, promised = _TITLES[name], name not in _NOT_PROMISED
    text = kernel.run(f"from inside import attempts; attempts.report({name!r}, {given!r})")
    if text is None:
        end = kernel.child.end()
        detail = f"ended, over its limit: {end.reason}" if end.reason else "ended by the kernel"
        return Probe(title, end.status < 0, detail, promised)
    said = json.loads(text)
    detail = said["reached"] or said["refused"] or "nothing was reached"
    return Probe(title, not said["reached"], detail, promised)


class _Kernel:
    """A kernel that runs code and gives back what it prints; a context manager."""

    def __init__(self, sandbox: Sandbox, files: Path) -> None:
        self.child = sandbox.fork_kernel(files)
        connection = self.child.connection_info
        self._session = Session(
            key=connection["key"], signature_scheme=connection["signature_scheme"]
        )
        self._context = zmq.Context()
        self._iopub = self._context.socket(zmq.SUB)
        self._shell = self._context.socket(zmq.DEALER)
        self._iopub.subscribe(b"")
        for channel, port in ((self._iopub, "iopub_port"), (self._shell, "shell_port")):
            channel.connect(f"ipc://{connection['ip']}-{connection[port]}")
        self._poller = zmq.Poller()
        self._poller.register(self._iopub, zmq.POLLIN)
        self._poller.register(self.child.fileno(), zmq.POLLIN)
        # What is printed before the channel for outputs is connected would be lost.
        while not self._poller.poll(_ASK_AGAIN_MILLISECONDS):
            self._session.send(self._shell, "kernel_info_request", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._context.destroy(linger=0)
        self.child.close()

    def run(self, code: str) -> str | None:
        """What code prints; None where the kernel ends over it.

        Raises:
            SandboxError: it fails.
        """
        asked: Any = self._session.send(self._shell, "execute_request", {"code": code})
        text = ""
        while self._iopub in dict(self._poller.poll()):
            _, parts = self._session.feed_identities(self._iopub.recv_multipart())
            message: dict[str, Any] = self._session.deserialize(parts) or {}
            content = message["content"]
            if message["parent_header"].get("msg_id") != asked["msg_id"]:
                continue
            if message["msg_type"] == "stream" and content["name"] == "stdout":
                text += content["text"]
            elif message["msg_type"] == "error":
                raise SandboxError("\n".join(content["traceback"]))
            elif content.get("execution_state") == "idle":
                return text
        return None


@contextmanager
def _surroundings() -> Iterator[dict[str, Any]]:
    """Put within reach what a submission must not reach; what an attempt has to know of it."""
    token = secrets.token_hex(16)
    home = str(Path.home()) if os.access(Path.home(), os.W_OK) else None
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        named = stack.enter_context(socket.socket(socket.AF_UNIX))
        named.bind(f"\0{token}")
        named.listen()
        file = stack.enter_context(tempfile.NamedTemporaryFile(dir=home))
        course = stack.enter_context(tempfile.TemporaryDirectory(dir=home))
        Path(course, "gradebook.db").touch()
        os.environ[token] = token
        stack.callback(os.environ.pop, token)
        yield {
            "port": server.getsockname()[1],
            "abstract": token,
            "token": token,
            "home_file": file.name,
            "course": {course: []},
            "secret": f"{token}.txt",
            "places": [],
        }


def _shown_in(folder: Path, shown: Iterable[Path]) -> list[str]:
    """Names in a folder that lead to what may be seen."""
    inside = (path for path in shown if path.is_relative_to(folder))
    return [path.relative_to(folder).parts[0] for path in inside if path != folder]
