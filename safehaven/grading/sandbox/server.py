"""The fork server of one worker process, seen from outside."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Self, TypeVar

from safehaven.grading.sandbox import job, specification
from safehaven.grading.sandbox.child import Child, ChildSocket, ForkedKernel, Reports, SandboxError
from safehaven.grading.sandbox.launch import ForkServer
from safehaven.grading.sandbox.limits import Limits

#: Loaded before the first fork; what is not installed is left out.
PRELOAD = (
    "inside.student",
    "inside.examiner",
    "numpy",
    "pandas",
    "networkx",
    "matplotlib.pyplot",
)
_PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
_MESSAGE_BYTES = 65_536
#: A path of a Unix socket ends here.
_PATH_BYTES = 107
C = TypeVar("C", bound=Child)


class Sandbox:
    """A fork server in bubblewrap that makes kernels and examiners; a context manager.

    It belongs to the process that started it, and ends with it; processes forked from that one
    may use it, too.
    """

    def __init__(
        self,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        *,
        contained: bool = True,
        preload: tuple[str, ...] = PRELOAD,
        read_only: tuple[Path, ...] = (),
        hidden: tuple[Path, ...] = (),
    ) -> None:
        """Settle what the sandbox is to be; `start` starts it.

        Args:
            limits: what each process and its children may use.
            contained: False runs submissions as the user, with all that the user may do.
            preload: modules to import once, before the first fork.
            read_only: further files and folders that what runs inside may read.
            hidden: folders that it must not see even where they lie in one that it reads.
        """
        self.limits = limits
        self.contained = contained
        self.preload = preload
        self.read_only = read_only
        self.hidden = hidden
        self.loaded: tuple[str, ...] = ()
        self._stack = ExitStack()
        self._server: ForkServer | None = None
        self._owner = os.getpid()
        self._numbers = count()

    def __getstate__(self) -> None:
        raise TypeError("a sandbox belongs to its process: send its settings instead")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the fork server and load the packages; returns when it is ready.

        Raises:
            CourseError: bubblewrap is missing, or the machine forbids what it needs.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="haven", dir=_short_folder()))
        self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        specification.write(self.folder / "jupyter")
        try:
            self._server = ForkServer(
                self.folder,
                contained=self.contained,
                read_only=self.read_only,
                hidden=self.hidden,
            )
            self._stack.callback(self._server.close)
            settings = {
                "limits": asdict(self.limits),
                "contained": self.contained,
                "preload": self.preload,
            }
            self.loaded = self._server.greet(settings)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the fork server and all that it forked; for the process that started it."""
        if self._owner == os.getpid():
            self._server = None
            self._stack.close()

    def fork_kernel(self, files: Path) -> ForkedKernel:
        """Fork a kernel with its own copy of a folder as its working folder.

        Args:
            files: the folder; symbolic links in it are left out.
        """
        # Worker processes that were forked with this object name theirs apart.
        base = self._running.folder / f"{os.getpid():x}-{next(self._numbers)}"
        key = secrets.token_hex(32)
        connection = {
            "transport": "ipc",
            "ip": str(base),
            "key": key,
            "signature_scheme": "hmac-sha256",
            "kernel_name": specification.KERNEL_NAME,
            **{name: port for port, name in enumerate(_PORTS, start=1)},
        }
        paths = [f"{base}-{connection[name]}" for name in _PORTS]
        with ExitStack() as stack:
            sockets = [stack.enter_context(_listening(path)) for path in paths]
            said = {
                "role": "kernel",
                "connection": connection,
                "ports": [connection[name] for name in _PORTS],
            }
            cleanup = partial(_unlink, paths)
            kernel = self._fork(ForkedKernel, said, files, sockets, cleanup)
        kernel.connection_info = connection | {"key": key.encode()}
        return kernel

    def fork_examiner(self, files: Path) -> ChildSocket:
        """Fork a process that runs `inside.examiner.serve` on the other end of the socket.

        Args:
            files: the folder of which it gets a copy as its working folder.

        Returns:
            A connected stream socket; its `child` is the process, which ends when it is closed.
        """
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with there:
            child = self._fork(Child, {"role": "examiner"}, files, [there], lambda: None)
        stream = ChildSocket(fileno=here.detach())
        stream.child = child
        return stream

    def _fork(
        self,
        kind: type[C],
        said: dict[str, Any],
        files: Path,
        sockets: list[socket.socket],
        cleanup: Callable[[], None],
    ) -> C:
        scratch = ""
        if not self.contained:
            scratch = tempfile.mkdtemp(dir=self.folder)
            cleanup = partial(_remove, scratch, cleanup)
        report, far_report = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with far_report, job.written(said, files, self.limits.disk_bytes) as file:
                fds = [file.fileno(), far_report.fileno(), *(one.fileno() for one in sockets)]
                self._tell({"scratch": scratch}, fds)
            pid, handle, before = self._answer(report)
        except BaseException:
            report.close()
            cleanup()
            raise
        interrupt = partial(self._tell, {"interrupt": pid})
        return kind(pid, handle, Reports(report, before), interrupt, cleanup)

    def _answer(self, report: socket.socket) -> tuple[int, int, list[bytes]]:
        """The fork server's answer: process id, file descriptor, and what the child said before."""
        before: list[bytes] = []
        while True:
            said, handles, _, _ = socket.recv_fds(report, _MESSAGE_BYTES, 1)
            if handles:
                return json.loads(said)["pid"], handles[0], before
            if not said or said.startswith(b"{"):
                ended = f"it has ended. {self._running.last_words()}"
                why = json.loads(said)["refused"] if said else ended
                raise SandboxError(f"The sandbox started no process: {why}")
            before.append(said)

    def _tell(self, request: dict[str, Any], fds: Sequence[int] = ()) -> None:
        # Where the fork server is gone, nobody holds the other end of what was sent.
        with suppress(BrokenPipeError, ConnectionResetError):
            socket.send_fds(self._running.line, [json.dumps(request).encode()], list(fds))

    @property
    def _running(self) -> ForkServer:
        if self._server is None:
            raise RuntimeError("the sandbox is not started")
        return self._server


def _listening(path: str) -> socket.socket:
    """A socket that clients can connect to before anyone takes the connection."""
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.bind(path)
    made.listen()
    return made


def _unlink(paths: list[str]) -> None:
    for path in paths:
        Path(path).unlink(missing_ok=True)


def _remove(folder: str, then: Callable[[], None]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    then()


def _short_folder() -> str | None:
    """Where the sockets lie: a path of a Unix socket must be short."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < _PATH_BYTES // 2 else "/tmp"
