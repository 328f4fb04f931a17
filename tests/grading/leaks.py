"""Look for hidden tests and mark schemes in what students are given."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

_BEGIN = re.compile(r"BEGIN (?:HIDDEN TESTS|MARK SCHEME)")
_END = re.compile(r"END (?:HIDDEN TESTS|MARK SCHEME)")
#: A line with fewer characters, blanks not counted, is no sign of a leak.
_SHORTEST = 12


def hidden_lines(source: Path, released: Path) -> set[str]:
    """The lines of hidden regions of a notebook that the released notebook does not hold."""
    known = {line for text in _sources(released) for line in map(_plain, text.split("\n"))}
    found = set()
    for text in _sources(source):
        inside = False
        for line in text.split("\n"):
            if _BEGIN.search(line):
                inside = True
            elif _END.search(line):
                inside = False
            elif inside and len(re.sub(r"\s", "", line)) >= _SHORTEST:
                found.add(_plain(line))
    return found - known


def leaks(page: str, hidden: set[str]) -> Iterator[str]:
    """The hidden lines that stand in a page: as text, in attributes, in comments."""
    forms = [page, html.unescape(page), html.unescape(re.sub(r"<[^>]*>", "", page))]
    plain = [_plain(form) for form in forms]
    yield from (line for line in sorted(hidden) if any(line in form for form in plain))


def _sources(path: Path) -> Iterator[str]:
    yield from (cell.source for cell in nbformat.read(path, as_version=4).cells)


def _plain(text: str) -> str:
    return " ".join(text.split())
