"""How much a page moves over the line, beside the same text in a stock Jupyter Book."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from safehaven.book.build import build_book, site
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import lesson_files

#: What a `link` of these kinds names is fetched with the page.
_FETCHED = frozenset({"stylesheet", "icon", "preload", "modulepreload"})
_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"')]+)["']\)?""")


@dataclass(frozen=True)
class PageWeight:
    """What a page moves at a first visit.

    Attributes:
        page: what it is, in words.
        size: bytes of all files after gzip, as a web host sends them, headers not counted.
        files: how many there are.
        foreign: how many more are asked from other hosts, whose size is not known here.
    """

    page: str
    size: int
    files: int
    foreign: int


class _Fetched(HTMLParser):
    """Collects the addresses that a browser fetches when it shows a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("script", "img") and values.get("src"):
            self.found.append(values["src"])
        if tag == "link" and set(values.get("rel", "").split()) & _FETCHED:
            self.found.append(values["href"])


def page_weight(file: Path, words: str) -> PageWeight:
    """Add up a page and the scripts, styles and pictures that it names.

    Fonts are not counted, nor what a script fetches later: the weight is a lower bound for a page
    that uses them, and exact for a page of the course.

    Args:
        file: the page in a built site.
        words: what to call it.
    """
    files, foreign = {file.resolve()}, 0
    for address in _addresses(file):
        if re.match(r"[a-z]+:|//", address):
            foreign += 1
        else:
            files |= set(_with_imports((file.parent / address.split("?")[0]).resolve()))
    size = sum(len(gzip.compress(found.read_bytes())) for found in files)
    return PageWeight(words, size, len(files), foreign)


def _addresses(file: Path) -> Iterator[str]:
    parser = _Fetched()
    parser.feed(file.read_text(encoding="utf-8"))
    return (a for a in dict.fromkeys(parser.found) if not a.startswith("data:"))


def _with_imports(file: Path) -> Iterator[Path]:
    yield file
    if file.suffix == ".css":
        for name in _IMPORT.findall(file.read_text(encoding="utf-8")):
            yield from _with_imports((file.parent / name).resolve())


def weigh(folders: CourseFolders, scratch: Path) -> list[PageWeight]:
    """Weigh the longest lesson and the same text in a stock Jupyter Book, built here and now.

    Args:
        folders: the course; its book is built if it has changed.
        scratch: a folder for the stock book; what it holds is replaced.

    Raises:
        CourseError: one of the two books could not be built.
    """
    build_book(folders, lambda _line: None)
    lesson = max(lesson_files(folders.book), key=lambda file: file.stat().st_size)
    place = lesson.relative_to(folders.root).with_suffix(".html")
    stock = build_stock(lesson.read_text(encoding="utf-8"), scratch)
    return [
        page_weight(site(folders).parent / place, f"{place.stem}, this course"),
        page_weight(stock, f"{place.stem}, stock Jupyter Book"),
    ]


def build_stock(lesson: str, folder: Path) -> Path:
    """Build a Jupyter Book of one page with no setting but its title; return the page.

    Args:
        lesson: a lesson in MyST Markdown; what only the course's own extension knows is left out.
        folder: where; what it holds is replaced.

    Raises:
        CourseError: it could not be built.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "_config.yml").write_text("title: A stock book\n", encoding="utf-8")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: lesson\n", encoding="utf-8")
    (folder / "lesson.md").write_text(plain_markdown(lesson), encoding="utf-8")
    builder = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [str(builder), "build", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise CourseError(
            "The stock book could not be built.",
            file=folder / "lesson.md",
            remedy=f"Run `jupyter-book build {folder}` and read what it says.",
        )
    return folder / "_build" / "html" / "lesson.html"


def plain_markdown(lesson: str) -> str:
    """A lesson without its head, directives and roles, but with all its words."""
    text = re.sub(r"\A---\n.*?\n---\n", "", lesson, flags=re.S)
    text = re.sub(r"^(`{3,}|:{3,})\{[^}]*\}.*?^\1[ \t]*$", "", text, flags=re.S | re.M)
    return re.sub(r"\{[\w:]+\}`([^`]*)`", r"\1", text)
