"""The `generated` directive: a page, or a part of one, made from tables, lessons and bank."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from safehaven.book.pages import answers, plans, reference, teaching
from safehaven.book.project import Project, project_of

#: What `generated` can be asked for, and what writes it as MyST Markdown.
PARTS: dict[str, Callable[[Project], Iterator[str]]] = {
    "answers": answers.answers,
    "claims": reference.claims,
    "coverage": teaching.coverage,
    "days": plans.days,
    "data-catalogue": reference.data_catalogue,
    "glossary": reference.glossary,
    "key-points": teaching.key_points,
    "people": reference.people,
    "syllabus": teaching.syllabus,
    "timeline": reference.timeline,
    "weeks": plans.weeks,
}


class GeneratedDirective(SphinxDirective):
    """```{generated} glossary`: a part of a page made from what the course holds."""

    required_arguments = 1
    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the part, parsed as if it had been written in the page."""
        name = self.arguments[0]
        part = PARTS.get(name)
        if part is None:
            remedy = f"Remedy: use one of {', '.join(PARTS)}."
            raise self.error(f"Nothing is generated as {name!r}. {remedy}")
        self.env.note_reread()
        container = nodes.container(classes=["generated", f"generated-{name}"])
        lines = StringList(list(part(project_of(self.env))), self.env.docname)
        self.state.nested_parse(lines, self.content_offset, container)
        return [container]
