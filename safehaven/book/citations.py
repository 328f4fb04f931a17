"""Citations in running text: whether the works are there, and how one is named in short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pybtex.database import BibliographyData, Entry

from safehaven.errors import CourseError

_CITATION = re.compile(r"\{cite(?::[a-z]+)*\}`([^`]*)`")


def cited_keys(text: str) -> Iterator[tuple[int, str]]:
    """Every key cited in a page, with its line from 1."""
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _CITATION.finditer(line):
            keys = re.sub(r"\{[^}]*\}", "", match[1])
            yield from ((number, key.strip()) for key in keys.split(",") if key.strip())


def check_citations(pages: Iterable[Path], works: BibliographyData) -> list[CourseError]:
    """Name every citation of a work that the bibliography does not have."""
    known = set(works.entries)
    return [
        CourseError(
            f"The bibliography has no work {key!r}.",
            file=page,
            line=line,
            remedy="Add it to book/references.bib, or mend the key.",
        )
        for page in pages
        for line, key in cited_keys(page.read_text(encoding="utf-8"))
        if key not in known
    ]


def short_name(entry: Entry) -> str:
    """Author and year, as the text cites it: `Rassler and Brown (2011)`."""
    year = entry.fields.get("year", "n.d.")
    people = [_last_name(person) for person in entry.persons.get("author", [])]
    match people:
        case []:
            title = _plain(entry.fields.get("howpublished", entry.fields["title"]))
            return f"{title} ({year})"
        case [one]:
            return f"{one} ({year})"
        case [first, second]:
            return f"{first} and {second} ({year})"
        case [first, *_]:
            return f"{first} et al. ({year})"
    raise AssertionError("a list is empty or begins with something")


def _last_name(person: object) -> str:
    names = [*person.prelast_names, *person.last_names, *person.lineage_names]  # type: ignore[attr-defined]
    return _plain(" ".join(names))


def _plain(text: str) -> str:
    """A BibTeX field without its braces."""
    return text.replace("{", "").replace("}", "").replace("--", "–")
