"""Misspelt words, by codespell's list of common misspellings."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@cache
def _corrections() -> dict[str, str]:
    """Every misspelling of the list, with what is better; lines are `wrong->right, reason`."""
    text = files("codespell_lib").joinpath("data/dictionary.txt").read_text(encoding="utf-8")
    pairs = (line.split("->", 1) for line in text.splitlines() if "->" in line)
    return {wrong: better.strip().rstrip(",") for wrong, better in pairs}


def misspelt(text: str) -> dict[str, str]:
    """The misspelt words of a text, each with a better spelling.

    Words with a capital letter inside a sentence are names and are passed over.
    """
    corrections = _corrections()
    return {word: corrections[word] for word in _WORD.findall(text) if word in corrections}
