"""Builds the site with Jupyter Book, strictly, and only when something changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from safehaven.errors import CourseError
from safehaven.folders import CourseFolders

#: What the site is made from, seen from the root of the course.
INPUTS = (
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
    "book",
    "exercises",
    "assessments/practice",
)
#: Rooms of the package that have no part in the site.
_NOT_IN_SITE = ("grading", "cli.py")
#: Every reference is resolved (-n), a warning is an error (-W), and all are shown at once.
STRICT = ("-n", "-W", "--keep-going")

Say = Callable[[str], None]


def site(folders: CourseFolders) -> Path:
    """The first page of the built site."""
    return folders.build / "html" / "index.html"


def build_book(folders: CourseFolders, say: Say, *, force: bool = False) -> bool:
    """Build the site; return False where nothing had changed since the last good build.

    Args:
        folders: the course.
        say: gets one line for each step, while it works.
        force: build everything anew.

    Raises:
        CourseError: the build failed; its own messages have been said before.
    """
    stamp = folders.build / "book.sha256"
    fingerprint = _fingerprint(folders.root)
    if not force and site(folders).exists() and _read(stamp) == fingerprint:
        return False
    stamp.unlink(missing_ok=True)
    run_builder(folders, say, *STRICT, *(["--all"] if force else []))
    stamp.write_text(fingerprint, encoding="ascii")
    return True


def run_builder(
    folders: CourseFolders, say: Say, *options: str, env: Mapping[str, str] = os.environ
) -> None:
    """Run Jupyter Book on the course, and pass on what a person wants to see of its output.

    Args:
        folders: the course.
        say: gets one line for each step, while it works.
        options: of `jupyter-book build`.
        env: the environment it runs in.

    Raises:
        CourseError: the build failed; its own messages have been said before.
    """
    builder = Path(sys.executable).with_name("jupyter-book")
    command = [str(builder), "build", str(folders.root), *options]
    with subprocess.Popen(
        command,
        cwd=folders.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**env, "NO_COLOR": "1"},
    ) as process:
        assert process.stdout is not None
        last = deque[str](maxlen=12)
        for line in process.stdout:
            last.append(line.rstrip())
            if _worth_showing(line):
                say(line.rstrip())
    if process.returncode:
        for line in last:  # where the builder itself broke, only its last words tell why
            say(line)
        raise CourseError(
            "The book has mistakes; each is named above with its file and line.",
            file=folders.root / "_config.yml",
            remedy="Mend them and run `safehaven course` again.",
        )


def _worth_showing(line: str) -> bool:
    return any(mark in line for mark in ("WARNING", "ERROR", "reading sources", "writing output"))


def _fingerprint(root: Path) -> str:
    """One hash over the name and content of every input."""
    inputs = [root / name for name in INPUTS]
    return _hash(root, inputs) + machinery()


def machinery() -> str:
    """One hash over the rooms of the package that make the site; where it changes, all pages do."""
    package = Path(__file__).parents[1]
    parts = (part for part in package.iterdir() if part.name not in _NOT_IN_SITE)
    return _hash(package, parts)


def _hash(root: Path, paths: Iterable[Path]) -> str:
    """One hash over files below a root, wherever that lies: a copied course is not built anew."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""
