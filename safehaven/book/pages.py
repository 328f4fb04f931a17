"""Pages and parts of pages that are generated from the tables, and the directive for them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from safehaven.book.claims import VERDICTS, claim_markdown
from safehaven.book.lessons import Lesson
from safehaven.book.project import Project, project_of


def read_rows(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV table, everything as text."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def glossary(project: Project) -> Iterator[str]:
    """The terms of the course in alphabetical order."""
    rows = read_rows(project.folders.data / "glossary" / "glossary.csv")
    yield "````{glossary}"
    for row in sorted(rows, key=lambda row: row["term"].casefold()):
        cite = f" {{cite:p}}`{row['source_key']}`" if row["source_key"] else ""
        other = f" Also: {', '.join(row['variants'].split(';'))}." if row["variants"] else ""
        yield from (row["term"], f"  {row['definition']}{other}{cite}", "")
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
            yield from (f"**{f'Paragraph {number}' if number else 'Lead'}**", "")
        yield from claim_markdown(claim)


def objectives(lesson: Lesson) -> Iterator[str]:
    """What a student can do after the lesson."""
    for objective in lesson.head.objectives:
        yield f"- {objective.text}. *({objective.id})*"


#: What `generated` can be asked for.
PARTS: dict[str, Callable[[Project], Iterator[str]]] = {"glossary": glossary, "claims": claims}


class GeneratedDirective(SphinxDirective):
    """```{generated} glossary`: a part of a page made from the course's tables."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the part, parsed as if it had been written in the page."""
        part = PARTS.get(self.arguments[0])
        if part is None:
            raise self.error(
                f"Nothing is generated as {self.arguments[0]!r}. Remedy: {list(PARTS)}."
            )
        project = project_of(self.env)
        self.env.note_reread()
        container = nodes.container(classes=["generated", f"generated-{self.arguments[0]}"])
        lines = StringList(list(part(project)), self.env.docname)
        self.state.nested_parse(lines, self.content_offset, container)
        return [container]
