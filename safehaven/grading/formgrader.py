"""Open nbgrader's formgrader on a course folder, reachable from this machine alone."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from safehaven.assignments.stock import find_programs
from safehaven.errors import CourseError
from safehaven.folders import MARKER

_START_SECONDS = 60.0
_STOP_SECONDS = 10.0


@contextmanager
def running_formgrader(folder: Path, *, port: int = 0) -> Iterator[str]:
    """Run a Jupyter server with nbgrader's extensions on a course folder.

    Args:
        folder: the root of an nbgrader course, such as the demo class.
        port: the port on 127.0.0.1; 0 takes any free one.

    Yields:
        The address of the formgrader, with the token that opens it.

    Raises:
        CourseError: the folder is no course, or the server does not start.
    """
    if not (folder / MARKER).is_file():
        raise CourseError(
            "There is no course to open here.",
            file=folder / MARKER,
            remedy="Run 'safehaven demo-class' first, or name another folder.",
        )
    find_programs()
    with tempfile.TemporaryDirectory() as runtime:
        token = secrets.token_urlsafe(24)
        log = Path(runtime) / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                _command(folder, port),
                cwd=folder,
                # The token is not among the arguments, where every user of the machine sees it.
                env={**os.environ, "JUPYTER_TOKEN": token, "JUPYTER_RUNTIME_DIR": runtime},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            address = _wait(process, Path(runtime), folder, log)
            yield f"{address}formgrader?token={token}"
        finally:
            _stop(process)


def serve_formgrader(folder: Path, port: int, say: Callable[[str], object]) -> None:
    """Show the formgrader until Ctrl+C.

    Raises:
        CourseError: the folder is no course, or the server does not start.
    """
    with running_formgrader(folder, port=port) as address:
        say(f"The formgrader: {address}")
        say("Stop it with Ctrl+C.")
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            say("Stopped.")


def _command(folder: Path, port: int) -> list[str]:
    settings = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": str(port),
        "ServerApp.port_retries": "0" if port else "50",
        "ServerApp.open_browser": "False",
        "ServerApp.root_dir": str(folder),
        "ServerApp.allow_root": str(hasattr(os, "geteuid") and os.geteuid() == 0),
    }
    given = [f"--{key}={value}" for key, value in settings.items()]
    return [sys.executable, "-m", "jupyter_server", *given]


def _wait(process: subprocess.Popen[bytes], runtime: Path, folder: Path, log: Path) -> str:
    """The address of the server, once it answers."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        address = _address(runtime)
        if address is not None and _answers(address):
            return address
        time.sleep(0.1)
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise CourseError(
        f"The Jupyter server did not start: {lines[-1] if lines else 'it said nothing'}.",
        file=folder,
        remedy="Take another port, or 0 for any free one.",
    )


def _address(runtime: Path) -> str | None:
    for path in runtime.glob("jpserver-*.json"):
        try:
            return str(json.loads(path.read_text(encoding="utf-8"))["url"])
        except (ValueError, KeyError):
            return None  # the server is still writing it
    return None


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}api", timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
