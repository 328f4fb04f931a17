"""The `practice` directive: the practice questions of the lesson it stands in.

A page of the website gets forms that check themselves; a book gets the questions with letters,
and the answers stand on a page of their own at its end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from safehaven.bank import Question, present
from safehaven.bank.model import Source
from safehaven.book.citations import short_name
from safehaven.book.pages.answers import label
from safehaven.book.project import Project, project_of
from safehaven.render.markup import tag
from safehaven.render.page import PAGE_SEED, quiz_html
from safehaven.render.printed import question_html

BIBLIOGRAPHY_PAGE = "book/reference/bibliography"
ANSWERS_PAGE = "book/reference/answers"
#: The builders whose pages are read in a browser, one file a page.
WEBSITE = frozenset({"html", "dirhtml"})


class Practice(nodes.General, nodes.Element):
    """Where the questions of a lesson stand; their HTML is written late."""


class PracticeDirective(SphinxDirective):
    """```{practice}`: every practice question of this lesson."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the place of the questions; a lesson without any is reported."""
        number = re.match(r"\d+", self.env.docname.rsplit("/", 1)[-1])
        if number is None:
            raise self.error("Practice questions belong into a lesson. Remedy: move the directive.")
        lesson = int(number.group())
        project = project_of(self.env)
        for file in (project.folders.assessments / "practice").glob(f"{lesson:02d}-*.yaml"):
            self.env.note_dependency(str(file))
        if not project.practice.of(lesson, "practice"):
            raise self.error(
                f"Lesson {lesson} has no practice questions. "
                f"Remedy: write assessments/practice/{lesson:02d}-….yaml."
            )
        return [Practice("", lesson=lesson)]


def linked_citer(project: Project, address: str) -> Callable[[Source], str]:
    """A function that names a work in a few words, as a link to the bibliography.

    Args:
        project: the course.
        address: of the bibliography, seen from the page that cites.
    """

    def cite(source: Source) -> str:
        entries = project.bibliography.entries
        name = short_name(entries[source.key]) if source.key in entries else source.key
        place = f", {html.escape(source.place)}" if source.place else ""
        return tag("a", html.escape(name), href=address) + place

    return cite


def on_paper(questions: Sequence[Question], answers: str) -> str:
    """The questions with letters and without controls, and where the answers stand.

    Args:
        questions: in the order in which they are shown.
        answers: address of the answers, or an empty text where the book has none.
    """
    entries = (
        tag("li", question_html(present(question, PAGE_SEED)), class_="paper-question")
        for question in questions
    )
    link = tag("p", tag("a", "Answers", href=answers), class_="paper-answers") if answers else ""
    return tag("ol", *entries, class_="paper-questions") + link


def visit_practice(translator: Any, node: Practice) -> None:
    """Write the questions into a page made of HTML, as its target can use them."""
    builder = translator.builder
    project = project_of(builder.env)
    lesson = node["lesson"]
    questions = project.practice.of(lesson, "practice")

    def address(docname: str) -> str:
        uri: str = builder.get_relative_uri(builder.current_docname, docname)
        return uri

    if builder.name in WEBSITE:
        cite = linked_citer(project, address(BIBLIOGRAPHY_PAGE))
        text = quiz_html(questions, lesson=lesson, cite=cite)
    else:
        there = ANSWERS_PAGE in builder.env.found_docs
        text = on_paper(questions, f"{address(ANSWERS_PAGE)}#{label(lesson)}" if there else "")
    translator.body.append(text)
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive and its node with Sphinx."""
    nothing = (_skip, lambda _translator, _node: None)
    app.add_node(Practice, html=(visit_practice, nothing[1]), latex=nothing, text=nothing)
    app.add_directive("practice", PracticeDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _skip(_translator: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode
