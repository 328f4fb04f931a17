"""Reference pages from the tables: timeline, people, claims, glossary, data catalogue."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from safehaven.book.claims import VERDICTS, claim_markdown
from safehaven.book.lesson_head import STRAND_NAMES
from safehaven.book.project import Project

#: How a date of the timeline is to be read.
PRECISIONS = {
    "day": "the day is known",
    "month": "the month is known",
    "year": "the year is known",
    "decade": "about this time",
}


def read_rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV table, everything as text."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cite(keys: str) -> str:
    """A citation of the works named in a `source_keys` column, or nothing."""
    names = [key.strip() for key in keys.split(";") if key.strip()]
    return f" {{cite:p}}`{','.join(names)}`" if names else ""


def table(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A pipe table; a bar or a line break inside a cell is made harmless."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in row) + " |"
    yield ""


def glossary(project: Project) -> Iterator[str]:
    """The terms of the course in alphabetical order, each with its variants as terms too."""
    rows = read_rows(project.folders.data / "glossary" / "glossary.csv")
    yield "````{glossary}"
    for row in sorted(rows, key=lambda row: row["term"].casefold()):
        yield row["term"]
        yield from (variant.strip() for variant in row["variants"].split(";") if variant.strip())
        yield from (f"  {row['definition']}{cite(row['source_key'])}", "")
    yield "````"


def claims(project: Project) -> Iterator[str]:
    """Every claim of the paper, paragraph by paragraph, with a key to the verdicts."""
    for verdict, meaning in VERDICTS.items():
        yield f"- {{verdict}}`{verdict}`: {meaning}."
    yield ""
    paragraph = ""
    for claim in project.claims.values():
        if claim.paragraph != paragraph:
            paragraph = claim.paragraph
            number = int(paragraph[1:])
            yield from (f"## {f'Paragraph {number}' if number else 'Lead'}", "")
        yield from claim_markdown(claim)


def timeline(project: Project) -> Iterator[str]:
    """Every dated event; the page's script adds a choice of strand and actor."""
    rows = read_rows(project.folders.data / "facts" / "timeline.csv")
    yield from (f"- {name}: {meaning}." for name, meaning in PRECISIONS.items())
    yield ""
    yield from table(
        ["Date", "Precision", "Event", "Actors", "Strand"],
        [
            [
                row["date"],
                row["precision"],
                f"**{row['title']}.** {row['description']}{cite(row['source_keys'])}",
                row["actors"].replace(";", "; "),
                STRAND_NAMES.get(row["strand"], row["strand"]),
            ]
            for row in rows
        ],
    )


def people(project: Project) -> Iterator[str]:
    """People and groups with the variants of their names, persons first."""
    rows = read_rows(project.folders.data / "facts" / "people_and_groups.csv")
    persons = [row for row in rows if row["type"] == "person"]
    bodies = [row for row in rows if row["type"] != "person"]
    for heading, group in (("People", persons), ("Groups, states and bodies", bodies)):
        yield from (f"## {heading}", "")
        yield from table(
            ["Name", "Also written", "Role", "Dates"],
            [
                [
                    f"**{row['name']}**",
                    row["variants"],
                    row["role"] + cite(row["source_keys"]),
                    row["dates"].replace("-0", "‑0").replace("-1", "‑1"),
                ]
                for row in sorted(group, key=lambda row: row["name"].casefold())
            ],
        )


def data_catalogue(project: Project) -> Iterator[str]:
    """Every table: publisher, licence, date, columns, and where it is used."""
    for descriptor in sorted(project.folders.data.glob("*/datapackage.json")):
        package = json.loads(descriptor.read_text(encoding="utf-8"))
        yield from (f"## {package['title']}", "", package.get("description", ""), "")
        yield from _terms(package)
        for resource in package["resources"]:
            yield from _resource(project, descriptor.parent, resource)


def _terms(package: dict[str, Any]) -> Iterator[str]:
    sources = "; ".join(_link(source) for source in package.get("sources", []))
    licences = "; ".join(_link(licence) for licence in package.get("licenses", []))
    yield f"- Source: {sources or 'this course'}"
    yield f"- Terms: {licences}"
    yield f"- Date of this copy: {package['created'][:10]}"
    yield ""


def _link(entry: dict[str, str]) -> str:
    title = entry.get("title", entry.get("name", ""))
    path = entry.get("path", "")
    return f"[{title}]({path})" if path.startswith("http") else title


def _resource(project: Project, folder: Path, resource: dict[str, Any]) -> Iterator[str]:
    file = f"{folder.name}/{resource['path']}"
    used = ", ".join(_used_in(project, file)) or "not yet"
    yield from (f"**`{file}`**: {resource.get('description', '')} Used in: {used}.", "")
    yield from table(
        ["Column", "Type", "What it holds"],
        [
            [f"`{field['name']}`", field["type"], field.get("description", "")]
            for field in resource["schema"]["fields"]
        ],
    )


def _used_in(project: Project, file: str) -> Iterator[str]:
    """The figures and exercises whose source names a table."""
    root = project.folders.root
    figures = sorted((Path(__file__).parents[1] / "figures").glob("[a-z]*.py"))
    yield from (
        f"figure {figure.stem.replace('_', '-')}"
        for figure in figures
        if file in figure.read_text(encoding="utf-8")
    )
    for source in sorted((root / "solutions").glob("*/*.md")):
        if source.stem == source.parent.name and f"- {file}" in source.read_text(encoding="utf-8"):
            yield source.stem
