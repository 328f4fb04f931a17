"""A JupyterHub on a machine of its own, set up with the files of deploy/ as the page says."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from filelock import FileLock

from safehaven.folders import MARKER, CourseFolders, find_course

ROOT = find_course(Path(__file__)).root
DEPLOY = ROOT / "deploy"
ASSIGNMENT = "ex01-chronology"
#: What of the course this class uses: one exercise, and no paper of another lesson.
PARTS = (f"solutions/{ASSIGNMENT}", "deploy", "book/data", "book/history")
SECONDS = 90


def why_not() -> str:
    """Why there can be no such machine here; empty where there can be one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return (
            "Only root can make Unix accounts and log in as them, and the separation of students "
            "rests on separate accounts: without root there is nothing to test here."
        )
    if not shutil.which("npm"):
        return "The proxy in front of JupyterHub comes from npm, which is missing here."
    tried = subprocess.run(
        ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"No file system can be mounted here: {tried.stderr}" if tried.returncode else ""


def proxy_folder() -> Path:
    """Where `npm ci` has put the pinned proxy; it is run once, by the first test process."""
    installed = DEPLOY / "node_modules"
    build = CourseFolders(ROOT).build
    build.mkdir(exist_ok=True)
    with FileLock(build / "npm.lock"):
        if not (installed / ".bin" / "configurable-http-proxy").exists():
            command = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
            subprocess.run(command, cwd=DEPLOY, check=True, timeout=SECONDS)
    return installed


def clone(folder: Path) -> Path:
    """The course as its repository holds it, without what this class does not use."""
    for part in PARTS:
        shutil.copytree(
            ROOT / part, folder / part, ignore=shutil.ignore_patterns("node_modules", "*.ipynb")
        )
    shutil.copyfile(ROOT / "solutions/jupytext.toml", folder / "solutions/jupytext.toml")
    shutil.copyfile(ROOT / MARKER, folder / MARKER)
    return folder


@contextmanager
def running_machine() -> Iterator[str]:
    """Run it; its address, without a slash at the end."""
    # Not in pytest's own folder, in which nobody but root may look for anything.
    with tempfile.TemporaryDirectory(prefix="safehaven-hub-") as made:
        work = Path(made)
        clone(work / "course")
        shutil.copytree(proxy_folder(), work / "node_modules", symlinks=True)
        port = free_ports(4)
        namespace = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
        script = Path(__file__).with_name("machine.sh")
        with (work / "log").open("wb") as log:
            process = subprocess.Popen(
                ["unshare", *namespace, "sh", script, ROOT, sys.base_prefix, work],
                env={**os.environ, "SAFEHAVEN_HUB_PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            wait(process, f"{address}/services/safehaven/", work / "log")
            yield address
        finally:
            # Nothing in the namespace outlives its first process.
            process.kill()
            process.wait()


def wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if requests.get(address, timeout=5, allow_redirects=False).status_code < 400:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace")[-5000:])


def free_ports(count: int) -> int:
    """The first of so many free ports in a row."""
    for first in range(20000 + os.getpid() % 10000, 60000, count):
        try:
            for port in range(first, first + count):
                with socket.socket() as tried:
                    tried.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no free ports")
