"""The words of the course: hard rules that fail the build, soft ones that warn an author.

The rules follow the page 'Studying this topic'. Words inside quotation marks belong to
others and are passed over, and so are citations, addresses and the names of figures.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyphen

from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson, prose, read_lessons


@dataclass(frozen=True)
class Finding:
    """A place where a rule is broken.

    Attributes:
        error: what, where, and what to do.
        hard: whether it fails the build; otherwise it is advice.
    """

    error: CourseError
    hard: bool


@dataclass(frozen=True)
class Word:
    """A wording to avoid, as a pattern, and what to write instead."""

    pattern: str
    instead: str
    hard: bool = True


#: One form of each name, and no word that glorifies or that equates a people with a group.
WORDS = (
    Word(r"\b[Aa]l-Qa'?eda\b|\bal-Qaida\b|\bAl Qa'?[ie]da\b", "Al-Qaida"),
    Word(r"\bTaleban\b|\bTaliban's regime\b|\bTalibs?\b", "Taliban"),
    Word(r"\bHaqqani Network\b(?! Terrorist Designation Act)", "Haqqani network"),
    Word(r"\bIS[IL]S?[- ]?KP?\b|\bIS-KP\b|\bDaesh\b", "ISKP, or Islamic State"),
    Word(r"\b[UO]s[ao]ma [Bb]in [Ll]ad[ei]n\b", "bin Laden", hard=False),
    Word(r"\b[Mm]asterminds?\b", "planner"),
    Word(r"\b[Ll]egendary\b|\bLion of\b", "a sober word, or none"),
    Word(r"\b[Mm]artyr(s|ed|dom)?\b", "was killed"),
    Word(r"\b[Ee]lite\b", "what the body is called", hard=False),
    Word(r"\b(Islamic|Muslim) (terroris[mt]s?|extremis[mt]s?|militants?)\b", "the organisation"),
    Word(r"\bPashtun (network|insurgency|movement)\b", "the organisation; a people is no group"),
    Word(r"\b([Tt]he )?[Tt]errorists\b", "the group, and who designated it", hard=False),
    Word(r"\b[Ff]undamentalists?\b", "the organisation", hard=False),
    Word(r"\b[Nn]eutrali[sz]ed\b|\b[Tt]aken out\b|\b[Cc]ollateral damage\b", "was killed"),
    Word(r"\b(obviously|clearly|of course|needless to say)\b", "nothing", hard=False),
)

_QUOTED = re.compile(r"‘[^‘’]*(?:’\w[^‘’]*)*’|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^'\n]{2,}?'(?!\w)")
_CODE = re.compile(r"`[^`]*`|\{[a-z:]+\}`[^`]*`|\]\([^)]*\)|https?://\S+")
#: Code that runs in the page: its constants are capital words, and no abbreviations.
_LIVE = re.compile(r"^(`{3,}|:{3,})\{live\}.*?^\1[ \t]*$", re.S | re.M)
_LONG_DATE = re.compile(
    r"\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|"
    r"November|December) \d{4}\b"
)
_ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}s?\b")
#: Abbreviations that a reader anywhere knows, and the marks of entries, claims and grades.
_KNOWN = frozenset({"US", "USA", "UK", "UN", "EU", "NATO", "AP", "BBC", "CNN", "AFP", "NBC", "ABC"})
#: Below this value of Flesch's reading ease (Flesch 1948) a lesson is hard even for graduates.
LEAST_READING_EASE = 30.0


def check_style(folders: CourseFolders) -> list[Finding]:
    """Every place in the pages of the book that breaks a rule."""
    pages = sorted(page for page in folders.book.rglob("*.md") if "data" not in page.parts)
    lessons = {lesson.file: lesson for lesson in read_lessons(folders.book)[0]}
    known = _KNOWN | _glossary_words(folders.data / "glossary" / "glossary.csv")
    found: list[Finding] = []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for rule in (_wording, _dates):
            found += rule(page, text)
        if page in lessons:
            found += _abbreviations(page, text, known)
            found += _reading_ease(lessons[page])
    return found


def _finding(page: Path, line: int, message: str, remedy: str, *, hard: bool) -> Finding:
    return Finding(CourseError(message, file=page, line=line, remedy=remedy), hard)


def own_words(text: str) -> str:
    """A page with everything blanked that is not the author's own wording; lines are kept."""
    return _QUOTED.sub(_blank, _CODE.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(own_words(text).split("\n"), start=1)


def _wording(page: Path, text: str) -> Iterator[Finding]:
    for number, line in _lines(text):
        for word in WORDS:
            for match in re.finditer(word.pattern, line):
                message = f"The word {match[0]!r} is not used in this course."
                remedy = f"Write {word.instead}, or quote who says it."
                yield _finding(page, number, message, remedy, hard=word.hard)


def _dates(page: Path, text: str) -> Iterator[Finding]:
    """Tables hold ISO dates, running text holds dates in words."""
    in_head = False
    for number, line in _lines(text):
        if line.strip() == "---":
            in_head = not in_head and number == 1
        if in_head:
            continue
        if line.startswith("|") and (match := _LONG_DATE.search(line)):
            remedy = "In a table write the date as 2021-08-15."
            yield _finding(page, number, f"The table says {match[0]!r}.", remedy, hard=True)
        elif not line.startswith(("|", ":")) and (match := _ISO_DATE.search(line)):
            remedy = "In running text write 15 August 2021."
            yield _finding(page, number, f"The text says {match[0]!r}.", remedy, hard=False)


def _abbreviations(page: Path, text: str, known: frozenset[str]) -> Iterator[Finding]:
    """An abbreviation is in the glossary, is known everywhere, or is spelt out beside it."""
    seen: set[str] = set()
    spelt_out = set(re.findall(r"\(([A-Z]{2,6})\)", text))
    for number, line in _lines(_LIVE.sub(_blank, text)):
        for abbreviation in _ABBREVIATION.findall(line):
            word = abbreviation.rstrip("s")
            if word in known or word in spelt_out or word in seen:
                continue
            seen.add(word)
            remedy = "Add it to the glossary, or write '… (ABC)' at its first use."
            yield _finding(page, number, f"{word!r} is not explained.", remedy, hard=False)


def _glossary_words(file: Path) -> frozenset[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    words = (word for row in rows for word in (row["term"], *row["variants"].split(";")))
    return frozenset(part for word in words for part in re.findall(r"[A-Z]{2,6}", word))


def _reading_ease(lesson: Lesson) -> Iterator[Finding]:
    value = reading_ease(" ".join(prose(section.text) for section in lesson.body))
    if value < LEAST_READING_EASE:
        message = f"The reading ease of the lesson is {value:.0f}."
        remedy = f"Shorter sentences and plainer words bring it above {LEAST_READING_EASE:.0f}."
        yield _finding(lesson.file, 1, message, remedy, hard=False)


def reading_ease(text: str) -> float:
    """Flesch's reading ease: 206.835 − 1.015 words a sentence − 84.6 syllables a word.

    Higher is easier; plain English is 60 to 70, university texts 30 to 50 (Flesch 1948).
    Syllables are those at which a word may be hyphenated, which counts a little too few.

    Raises:
        ValueError: the text has no word.
    """
    words = re.findall(r"[A-Za-zÀ-ÿ'-]+", text)
    if not words:
        raise ValueError("A text without words has no reading ease.")
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    syllables = sum(_syllables(word) for word in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


@cache
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


def _syllables(word: str) -> int:
    return len(_hyphenator().positions(word)) + 1
