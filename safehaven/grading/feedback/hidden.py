"""What a student must not read: hidden tests and mark schemes, and how to keep them out."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

#: A line with fewer characters than this (blanks not counted) says nothing about a test.
SHORTEST = 12

#: What stands in the place of a line that gives a hidden test away.
REMOVED = "[a line is left out here]"


@dataclass(frozen=True)
class Regions:
    """How a course marks what is hidden: pairs of words that begin and end a region."""

    pairs: tuple[tuple[str, str], ...] = (
        ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS"),
        ("BEGIN MARK SCHEME", "END MARK SCHEME"),
    )

    def hidden(self, source: str) -> set[int]:
        """The numbers, from 1, of the lines that students do not receive, marks included."""
        found: set[int] = set()
        end = ""
        for number, line in enumerate(source.split("\n"), 1):
            if not end:
                end = next((last for first, last in self.pairs if first in line), "")
                if end:
                    found.add(number)
            else:
                found.add(number)
                if end in line:
                    end = ""
        return found

    def visible(self, source: str) -> str:
        """The source as students receive it."""
        hidden = self.hidden(source)
        lines = enumerate(source.split("\n"), 1)
        return "\n".join(line for number, line in lines if number not in hidden)


class Guard:
    """Takes lines of hidden regions out of a text, wherever it comes from.

    Nothing that the page shows should hold one. But where stock nbgrader ran the tests in the
    student's own kernel, student code can have read them, and can print them or raise them.

    Args:
        sources: the instructor's cells, hidden regions included.
        regions: how the hidden regions are marked.
        released: further texts that students have, such as cells without points.
    """

    def __init__(
        self, sources: Iterable[str], regions: Regions, released: Iterable[str] = ()
    ) -> None:
        hidden: set[str] = set()
        known = {_plain(line) for text in released for line in text.split("\n")}
        for source in sources:
            numbers = regions.hidden(source)
            within = _inside_texts(source) if numbers else set()
            for number, line in enumerate(source.split("\n"), 1):
                if number not in numbers:
                    known.add(_plain(line))
                elif number not in within:
                    hidden.add(_plain(line))
        self._hidden = {line for line in hidden - known if len(line.replace(" ", "")) >= SHORTEST}

    def clean(self, text: str) -> str:
        """The text, with a mark in the place of each line that holds a hidden one."""
        return "\n".join(REMOVED if self.holds(line) else line for line in text.split("\n"))

    def is_in(self, text: str) -> bool:
        """Whether a line of a hidden test stands in one of the lines."""
        return any(map(self.holds, text.split("\n")))

    def holds(self, line: str) -> bool:
        """Whether a line of a hidden test stands in this line."""
        plain = _plain(line)
        return any(hidden in plain for hidden in self._hidden)


def _plain(line: str) -> str:
    return " ".join(line.split())


def _inside_texts(source: str) -> set[int]:
    """Lines that are wholly inside a text of several lines: they are words, not code."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    return {
        number
        for node in ast.walk(tree)
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and node.end_lineno
        for number in range(node.lineno + 1, node.end_lineno)
    }
