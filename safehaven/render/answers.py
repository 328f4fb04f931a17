"""Reads what a student wrote, in any form that has one clear meaning, and scores it.

The `read_…` functions use nothing but plain Python and their own arguments: their source is
placed in the cells of a quiz notebook, where the package cannot be relied on. Each returns
None for an answer that cannot be read. `quiz.js` reads numbers by the same rules; a test
holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from safehaven.bank import Presented
from safehaven.bank.model import Matching, Numeric, Ordering, ShortText, SingleChoice
from safehaven.bank.scoring import (
    score_choice,
    score_matching,
    score_number,
    score_order,
    score_text,
)

#: An answer as the scoring functions take it; None where nothing could be read.
Read = list[str] | dict[str, str] | float | str | None


def read_choice(given: object, letters: str, most: int = 26) -> list[str] | None:
    """The letters in "b", ["A", "C"], {"A", "C"}, "A, C" or "AC", sorted; `most` at most."""
    import re

    tolist = getattr(given, "tolist", None)  # arrays and series
    given = tolist() if callable(tolist) else given
    parts = [given] if isinstance(given, str) else given
    if not isinstance(parts, (list, tuple, set, frozenset)):
        return None
    words = [w for p in parts for w in re.findall(r"\w+", p.upper() if isinstance(p, str) else "?")]
    if len(words) < len(parts):
        return None
    found = "".join(word for word in words if word != "AND")
    readable = set(found) <= set(letters) and 1 <= len(set(found)) <= most
    return sorted(set(found)) if readable else None


def read_order(given: object, letters: str) -> list[str] | None:
    """The letters in ["B", "A", "C"], ("b", "a", "c"), "B, A, C" or "BAC", each exactly once."""
    import re

    tolist = getattr(given, "tolist", None)
    given = tolist() if callable(tolist) else given
    parts = [given] if isinstance(given, str) else given
    if not isinstance(parts, (list, tuple)):  # a set has no order
        return None
    if not all(isinstance(part, str) for part in parts):
        return None
    found = "".join(w for part in parts for w in re.findall(r"\w+", part.upper()) if w != "AND")
    return list(found) if sorted(found) == sorted(letters) else None


def read_pairs(given: object, lefts: int, letters: str) -> dict[str, str] | None:
    """The pairs in {1: "B", 2: "a"}, {"1": "B"} or "1-B, 2-A", those that can be read."""
    import re

    if isinstance(given, str):
        given = dict(re.findall(r"([0-9]+)\W*([A-Za-z])(?![A-Za-z])", given))
    if not isinstance(given, dict):
        return None
    numbers = [str(i + 1) for i in range(lefts)]
    written = {str(left).strip(" .)"): right for left, right in given.items()}
    found = {n: str(written[n]).strip(" .()").upper() for n in numbers if n in written}
    return {n: letter for n, letter in found.items() if letter in list(letters)} or None


def read_number(given: object, unit: str) -> float | None:
    """The number in 27, 27.5, "27", "1,200", "1 200", "12,5" or "27 entries".

    A comma or a space before each group of three digits separates thousands; any other
    comma is a decimal comma. Words may stand around the number where they belong to the
    unit: "2 million" is not read as 2 years.
    """
    import re

    tolist = getattr(given, "tolist", None)  # numbers of numpy
    given = tolist() if callable(tolist) else given
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return float(given) if abs(given) < 1e300 else None
    if not isinstance(given, str):
        return None

    def words(text: str) -> set[str]:  # by their beginnings, so that singular and plural agree
        text = re.sub("per ?cent(age)?", "%", text.lower()).replace("$", " dollars ")
        return {word[:4] for word in re.findall(r"%|[^\W0-9_]+", text)}

    text = " ".join(given.replace("\u2212", "-").split())
    match = re.fullmatch(r"([^0-9+.,-]*)([+-]?)([.,]?[0-9](?:[0-9., '’]*[0-9])?)([^0-9]*)", text)
    if match is None or re.search("[<>~≈≤≥±]", text):
        return None
    if not words(match[1] + " " + match[4]) <= words(unit):
        return None
    digits = match[3].replace("’", "'")
    if re.fullmatch(r"[1-9][0-9]{0,2}(([, '])[0-9]{3})(\2[0-9]{3})*(\.[0-9]+)?", digits):
        digits = re.sub("[, ']", "", digits)
    elif re.fullmatch(r"[1-9][0-9]{0,2}((\.[0-9]{3}){2,}|([. ][0-9]{3})+,[0-9]+)", digits):
        digits = re.sub("[. ]", "", digits).replace(",", ".")
    elif re.fullmatch(r"[0-9]*,[0-9]+", digits):
        digits = digits.replace(",", ".")
    elif not re.fullmatch(r"[0-9]*\.?[0-9]+", digits):
        return None
    number = float(match[2] + digits)
    return number if abs(number) < 1e300 else None


def read_text(given: object) -> str | None:
    """The words in "Kabul" or ["Kabul"]."""
    if isinstance(given, (list, tuple)) and len(given) == 1:
        given = given[0]
    return given if isinstance(given, str) and any(c.isalnum() for c in given) else None


#: The function that reads an answer of each kind, then the one that scores what was read.
READERS: Mapping[str, Callable[..., Any]] = {
    "single": read_choice,
    "multiple": read_choice,
    "numeric": read_number,
    "ordering": read_order,
    "matching": read_pairs,
    "text": read_text,
}
SCORERS: Mapping[str, Callable[..., float]] = {
    "single": score_choice,
    "multiple": score_choice,
    "numeric": score_number,
    "ordering": score_order,
    "matching": score_matching,
    "text": score_text,
}


def reader_arguments(presented: Presented) -> tuple[Any, ...]:
    """What the reader of the question's kind takes after the answer; none of it is the key."""
    letters = "".join(presented.letters)
    match presented.question:
        case SingleChoice():
            return (letters, 1)
        case Matching() as question:
            return (len(question.pairs), letters)
        case Numeric() as question:
            return (question.unit,)
        case ShortText():
            return ()
        case _:
            return (letters,)


def scorer_arguments(presented: Presented) -> tuple[Any, ...]:
    """What the scoring function of the question's kind takes after the answer: the key."""
    key = presented.key
    match presented.question:
        case Numeric() as question:
            return (key, question.tolerance)
        case Ordering() | ShortText():
            return (list(key),)  # type: ignore[arg-type]
        case Matching():
            return (key,)
        case _:
            return (sorted(key),)  # type: ignore[arg-type]


def read_answer(presented: Presented, given: object) -> Read:
    """What `given` says as an answer to the question shown; None where it says nothing."""
    read: Read = READERS[presented.question.kind](given, *reader_arguments(presented))
    return read


def score_answer(presented: Presented, given: object) -> float:
    """What an answer in any readable form is worth, from 0 to 1; 0 where it is unreadable."""
    read = read_answer(presented, given)
    if read is None:
        return 0.0
    return SCORERS[presented.question.kind](read, *scorer_arguments(presented))
