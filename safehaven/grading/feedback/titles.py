"""Names for tasks and checks, in the words that students have in their notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$", re.M)
_BOLD = re.compile(r"^ {0,3}\*\*(.+?)\*\*", re.M)
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.S | re.M)
#: A heading that names a task by its number or letter.
_NUMBERED = re.compile(
    r"^(?:task|question|problem|exercise|part|aufgabe|frage|ejercicio|q)\.?\s*"
    r"(?:\d[\w.]*|[a-z](?![a-z])|[ivx]+(?![a-z]))",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\s*[(\[]\s*(?:up to )?\d[\d.,/]*\s*(?:points?|pts?|marks?|p)\b[^()\[\]]*[)\]]", re.IGNORECASE
)
#: How a comment says that it names a check.
_TEST = re.compile(r"(?:tests?|checks?)\b[^:\n]{0,40}:\s*(.+)", re.IGNORECASE)
_MARKUP = re.compile(r"[*_`]+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")

_LONGEST = 120


def notebook_title(texts: Sequence[str]) -> str:
    """The first heading of the highest level in a notebook's Markdown; empty where none is."""
    for text in texts:
        for heading in _HEADING.finditer(_FENCE.sub("", text)):
            if len(heading[1]) == 1:
                return _plain(heading[2])
    return ""


def task_title(texts: Sequence[str]) -> tuple[str, str]:
    """The name of a task and the text that asks for it, from the Markdown above its answer.

    A heading or bold opening that names a task ('Task 3', 'Question 2') is taken before other
    headings, the nearest before those further away.

    Args:
        texts: the Markdown cells since the task before, in their order.

    Returns:
        The name and the Markdown; both empty where there is none.
    """
    found: list[tuple[bool, bool, int, str]] = []
    for number, text in enumerate(texts):
        plain = _FENCE.sub("", text)
        for heading in _HEADING.finditer(plain):
            title = _plain(heading[2])
            found.append((_NUMBERED.match(title) is not None, True, number, title))
        for bold in _BOLD.finditer(plain):
            title = _plain(bold[1])
            if _NUMBERED.match(title):
                found.append((True, False, number, title))
    named = [entry for entry in found if entry[0]]
    headings = [entry for entry in named if entry[1]] or named or found
    # A heading of the whole notebook, such as 'Exercise 7', stands above those of its tasks.
    if not headings:
        return "", texts[-1] if texts else ""
    asks = max(entry[2] for entry in (named or found))
    return headings[-1][3], texts[asks]


def from_id(name: str) -> str:
    """A grade_id as words, where it is made of words: 'to-begin-with' is 'To begin with'."""
    words = re.split(r"[-_ ]+", name)
    if len(words) > 2 and all(word.isalpha() for word in words):
        return _shown(" ".join(words).capitalize())
    return _shown(name)


def names_something(text: str) -> bool:
    """Whether a Markdown cell has a heading, or opens with the name of a task."""
    return task_title([text])[0] != ""


def check_title(visible: str) -> str:
    """The name that a check gives itself: a docstring, or a comment in its first line.

    Args:
        visible: the source of the check as students have it.

    Returns:
        The name, without 'Test (1 point):' before it; empty where there is none.
    """
    first = next((line.strip() for line in visible.split("\n") if line.strip()), "")
    if first.startswith("#"):
        said = first.lstrip("#").strip()
        test = _TEST.match(said)
        if test:
            return _shown(test[1].rstrip("."))
        # A sentence explains something; a name has no full stop.
        return _shown(said) if said and not said.endswith((".", "!", "?", ":")) else ""
    return _shown(_docstring(visible))


def _docstring(source: str) -> str:
    try:
        text = ast.get_docstring(ast.parse(source)) or ""
    except (SyntaxError, ValueError):
        return ""
    return text.strip().split("\n")[0].rstrip(".")


def _plain(markdown: str) -> str:
    """A heading as text alone, without the points it promises."""
    text = _LINK.sub(r"\1", _POINTS.sub("", markdown))
    return _shown(_MARKUP.sub("", text).rstrip(" :.–-"))


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"
