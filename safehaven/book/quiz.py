"""The `practice` directive: the practice questions of the lesson it stands in."""

from __future__ import annotations

import html
import re
from typing import ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from safehaven.bank.model import Source
from safehaven.book.citations import short_name
from safehaven.book.project import project_of
from safehaven.render.page import quiz_html

BIBLIOGRAPHY_PAGE = "book/reference/bibliography"


class PracticeDirective(SphinxDirective):
    """```{practice}`: every practice question of this lesson, as a form."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the form; a lesson without questions gets none and is reported."""
        number = re.match(r"\d+", self.env.docname.rsplit("/", 1)[-1])
        if number is None:
            raise self.error("Practice questions belong into a lesson. Remedy: move the directive.")
        lesson = int(number.group())
        project = project_of(self.env)
        for file in (project.folders.assessments / "practice").glob(f"{lesson:02d}-*.yaml"):
            self.env.note_dependency(str(file))
        questions = project.practice.of(lesson, "practice")
        if not questions:
            raise self.error(
                f"Lesson {lesson} has no practice questions. "
                f"Remedy: write assessments/practice/{lesson:02d}-….yaml."
            )
        form = quiz_html(questions, lesson=lesson, cite=self._cite)
        return [nodes.raw("", form, format="html")]

    def _cite(self, source: Source) -> str:
        """A work in a few words, as a link to the bibliography."""
        entries = project_of(self.env).bibliography.entries
        name = short_name(entries[source.key]) if source.key in entries else source.key
        place = f", {source.place}" if source.place else ""
        target = self.env.app.builder.get_relative_uri(self.env.docname, BIBLIOGRAPHY_PAGE)
        return f'<a href="{html.escape(target)}">{html.escape(name)}</a>{html.escape(place)}'
