"""Names for the search: who or what is known by which spellings, and where it is explained.

Sphinx searches words as they are written in the pages, so a reader who types 'al-Qaeda' would
miss the pages that write 'Al-Qaida'. static/search-names.js turns a listed variant into the
form of the course and shows matching people and terms first; this module writes the list it
reads, as a script, so that it works from the file system too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx

from safehaven.book.pages.reference import read_rows
from safehaven.book.project import Project, project_of
from safehaven.book.quiz import WEBSITE

NAMES = "search-names-data.js"
SCRIPT = "search-names.js"
PEOPLE_PAGE = "book/reference/people"


@dataclass(frozen=True)
class Name:
    """A person, group or term that a reader may look for.

    Attributes:
        name: the form that the course uses.
        variants: other forms that are listed.
        says: what it is, in a sentence.
        address: where it is explained, seen from the root of the site.
    """

    name: str
    variants: tuple[str, ...]
    says: str
    address: str


def names(project: Project, term_addresses: dict[str, str], people_address: str) -> list[Name]:
    """Every term and every person or group, each once.

    A person or group that is a term too is found at the term, with the variants of both.

    Args:
        project: the course.
        term_addresses: address of each term of the glossary, under the term.
        people_address: address of the page of people, or an empty text where there is none.
    """
    found: dict[str, Name] = {}
    for row in read_rows(project.folders.data / "glossary" / "glossary.csv"):
        address = term_addresses.get(row["term"])
        if address:
            found[row["term"].casefold()] = Name(
                row["term"], tuple(_split(row["variants"])), row["definition"], address
            )
    table = project.folders.data / "facts" / "people_and_groups.csv"
    for row in read_rows(table) if people_address and table.exists() else []:
        key = row["name"].casefold()
        term = found.get(key)
        variants = (*(term.variants if term else ()), *_split(row["variants"]))
        address = term.address if term else f"{people_address}#:~:text={quote(row['name'])}"
        says = term.says if term else row["role"]
        found[key] = Name(row["name"], tuple(dict.fromkeys(variants)), says, address)
    return sorted(found.values(), key=lambda name: name.name.casefold())


def _split(variants: str) -> Iterator[str]:
    return (variant.strip() for variant in variants.split(";") if variant.strip())


def names_script(found: list[Name]) -> str:
    """The names as a script that sets one variable."""
    text = json.dumps([asdict(name) for name in found], ensure_ascii=False, separators=(",", ":"))
    return f"window.safehavenNames = {text};\n"


def write_names(app: Sphinx, error: Exception | None) -> None:
    """Write the list beside the other static files of the site."""
    if error is not None or app.builder.name not in WEBSITE:
        return
    terms = {
        name: f"{app.builder.get_target_uri(docname)}#{label}"
        for name, _, kind, docname, label, _ in app.env.get_domain("std").get_objects()
        if kind == "term"
    }
    people = PEOPLE_PAGE in app.env.found_docs
    found = names(
        project_of(app.env), terms, app.builder.get_target_uri(PEOPLE_PAGE) if people else ""
    )
    (Path(app.outdir) / "_static" / NAMES).write_text(names_script(found), encoding="utf-8")


def add_scripts(app: Sphinx, pagename: str, _template: str, _context: Any, _doctree: Any) -> None:
    """Load names and script on the page of the search, and on no other."""
    if pagename == "search":
        app.add_js_file(NAMES, loading_method="defer")
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the scripts of the search with Sphinx."""
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", write_names)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
