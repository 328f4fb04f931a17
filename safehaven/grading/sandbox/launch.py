"""Start the fork server, in bubblewrap or without it, and find out why it did not start."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any, Self

from safehaven.errors import CourseError
from safehaven.grading import inside
from safehaven.grading.sandbox import bubblewrap
from safehaven.grading.sandbox.child import SandboxError

_MAIN = "import sys; sys.path.append({place!r}); from inside.zygote import main; main({control})"
_INSIDE = Path(inside.__file__).parent
_MESSAGE_BYTES = 65_536
#: Seconds that loading the packages may take.
_START_SECONDS = 120
#: Seconds that it may take the fork server to end what it forked.
_END_SECONDS = 5
#: User id on the machine of a process in a sandbox that root starts: nobody.
_NOBODY = 65534


class ForkServer:
    """The fork server's process, and the socket on which it takes requests."""

    def __init__(
        self,
        folder: Path,
        *,
        contained: bool,
        read_only: Iterable[Path] = (),
        hidden: Iterable[Path] = (),
    ) -> None:
        """Start the process.

        Args:
            folder: an empty folder for files that it needs to run.
            contained: whether it runs in bubblewrap.
            read_only: further files and folders that it sees.
            hidden: folders that it does not see.

        Raises:
            CourseError: bubblewrap is missing, or cannot show what it has to.
        """
        self.folder = folder
        self._log = folder / "log"
        self._contained = contained
        place = bubblewrap.INSIDE if contained else _path_to_inside(folder)
        self.line, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        code = _MAIN.format(place=str(place), control=there.fileno())
        words = [sys.executable, "-I", "-B", "-c", code]
        environment = bubblewrap.environment()
        if not contained:
            environment |= {"HOME": str(folder), "MPLCONFIGDIR": str(folder)}
        two = contained and os.geteuid() == 0
        with there, _Users(two) as users, self._log.open("wb") as log:
            if contained:
                shown = [(_INSIDE, place / "inside"), *_names(folder)]
                shown += [(path, path) for path in read_only]
                sandbox = bubblewrap.command(shown, hidden=hidden, identity=users.arguments)
                words = [*sandbox, *words]
            self._process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(there.fileno(), *users.fds),
                env=environment,
                cwd="/",
                start_new_session=True,
            )
            users.map()

    def greet(self, settings: dict[str, Any]) -> tuple[str, ...]:
        """Send the settings, and wait until the packages are loaded.

        Args:
            settings: the fields of `inside.zygote.Settings`.

        Returns:
            The packages that are there.

        Raises:
            CourseError: the machine forbids what bubblewrap needs, or Python cannot be read.
            SandboxError: the fork server failed.
        """
        said = b""
        self.line.settimeout(_START_SECONDS)
        with suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
            self.line.send(json.dumps(settings).encode())
            said = self.line.recv(_MESSAGE_BYTES)
        self.line.settimeout(None)
        if not said:
            raise self._not_started()
        answer = json.loads(said)
        if answer["unreadable"]:
            raise CourseError(
                "Started by root, the sandbox runs submissions as another user, who cannot read "
                "this file of Python.",
                file=answer["unreadable"],
                remedy="Make Python readable to all with 'chmod -R o+rX', or grade as an ordinary "
                "user.",
            )
        return tuple(answer["loaded"])

    def _not_started(self) -> Exception:
        words = self.last_words()
        if not words.startswith("bwrap:"):
            return SandboxError(f"The sandbox did not start. {words}")
        return CourseError(
            f"The sandbox did not start: {words.removeprefix('bwrap: ')}.",
            file=bubblewrap.program(),
            remedy=bubblewrap.REMEDY,
        )

    def last_words(self) -> str:
        """The last line that it, or bubblewrap, wrote."""
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "It ended without a word."

    def close(self) -> None:
        """Hang up; a fork server that hears it ends its children, and itself."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)
        self.line.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _path_to_inside(folder: Path) -> Path:
    """A folder that holds the package `inside` and nothing else."""
    place = folder / "path"
    place.mkdir()
    (place / "inside").symlink_to(_INSIDE, target_is_directory=True)
    return place


def _names(folder: Path) -> list[tuple[Path, Path]]:
    """The files of /etc that tell users and machines by name, and where they belong."""
    place = folder / "etc"
    place.mkdir()
    for name, text in bubblewrap.NAMES.items():
        (place / name).write_text(text, encoding="utf-8")
    return [(place / name, Path("/etc", name)) for name in bubblewrap.NAMES]


class _Users:
    """The user ids of the sandbox: where root starts it, submissions run as another user.

    Root's processes are under no limit on their number, and root's files are open to root
    whatever its capabilities. So root maps two users, and a child becomes the second.
    """

    def __init__(self, two: bool) -> None:
        self._two = two
        self._stack = ExitStack()
        self.fds: tuple[int, ...] = ()
        self.arguments = bubblewrap.ONE_USER

    def __enter__(self) -> Self:
        if self._two:
            self._wait, self._go = self._pipe()
            self._heard, self._say = self._pipe()
            self.fds = (self._wait.fileno(), self._say.fileno())
            self.arguments = bubblewrap.two_users(*self.fds)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _pipe(self) -> tuple[IO[bytes], IO[bytes]]:
        """Both ends of a pipe: to read from and to write to."""
        near, far = os.pipe()
        reading = self._stack.enter_context(os.fdopen(near, "rb", buffering=0))
        return reading, self._stack.enter_context(os.fdopen(far, "wb", buffering=0))

    def map(self) -> None:
        """Tell bubblewrap, which waits for it, who its users are."""
        if not self._two:
            return
        self._wait.close()
        self._say.close()
        said = b"".join(iter(lambda: self._heard.read(_MESSAGE_BYTES), b""))
        # Where it is forbidden, or bubblewrap has ended, bubblewrap says why.
        with suppress(OSError, ValueError):
            pid = json.loads(said)["child-pid"]
            for name in ("uid_map", "gid_map"):
                lines = f"0 0 1\n{bubblewrap.STUDENT} {_NOBODY} 1\n"
                Path("/proc", str(pid), name).write_text(lines, encoding="utf-8")
            self._go.write(b"1")
