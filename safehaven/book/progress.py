"""Where a reader stands: what was read, checked and reviewed, kept in the browser alone.

The page gets plain HTML; static/progress.js fills it from what the lessons and the review have
kept. Nothing is sent anywhere, and without a script the blocks say what they would show.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from safehaven.book.course_map import Stop, stops
from safehaven.book.lesson_head import STRAND_NAMES
from safehaven.book.project import project_of
from safehaven.book.quiz import WEBSITE
from safehaven.render.markup import tag

SCRIPT = "progress.js"
OFF = (
    "This page needs JavaScript, and a browser that keeps data for it. Without them, the lessons "
    "and their questions work all the same."
)


class ProgressBlock(nodes.General, nodes.Element):
    """Where the table of progress stands. Its HTML is written late, and stays out of the search."""


class ProgressDirective(SphinxDirective):
    """```{progress}`: for each lesson, what the reader has read, checked and reviewed."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the place of the table, with words for a target that cannot show it."""
        self.env.note_reread()
        self.env.metadata[self.env.docname]["progress"] = "yes"
        return [ProgressBlock("", nodes.paragraph("", OFF))]


def progress_html(route: Sequence[Stop], address: Callable[[str], str]) -> str:
    """The tables of all strands as well-formed XHTML, empty until the script fills them.

    Args:
        route: the lessons in their order.
        address: gives the address of a page, seen from the page that holds the table.
    """
    strands = (
        _strand(name, [stop for stop in route if stop.strand == name], address)
        for name in STRAND_NAMES
    )
    return tag(
        "section",
        tag("p", OFF, class_="progress-off"),
        tag("p", role="status", class_="progress-sum"),
        *strands,
        class_="own-progress",
        aria_label="Your progress",
    )


def _strand(name: str, route: Sequence[Stop], address: Callable[[str], str]) -> str:
    if not route:
        return ""
    head = tag(
        "thead",
        tag(
            "tr",
            *(
                tag("th", words, scope="col")
                for words in ("Lesson", "Read", "Answered", "Due today")
            ),
        ),
    )
    body = tag("tbody", *(_row(stop, address) for stop in route))
    caption = tag("caption", html.escape(STRAND_NAMES[name]))
    table = tag("table", caption, head, body, class_="table progress-table")
    return tag("div", table, class_="progress-strand", hidden="hidden")


def _row(stop: Stop, address: Callable[[str], str]) -> str:
    link = tag("a", f"{stop.number}. {html.escape(stop.title)}", href=address(stop.docname))
    cells = (tag("td", class_=f"progress-{name}") for name in ("read", "checked", "due"))
    return tag(
        "tr",
        tag("th", link, scope="row"),
        *cells,
        data_lesson=stop.number,
        data_questions=stop.questions,
    )


def lesson_end(lesson: int, questions: int, map_address: str) -> str:
    """The block that closes a lesson: a button to mark it as read, and what comes next.

    Args:
        lesson: its number.
        questions: how many practice questions it has.
        map_address: address of the front page.
    """
    button = tag("button", "Mark this lesson as read", type="button", aria_pressed="false")
    where = tag("p", role="status", class_="lesson-where")
    back = tag("p", tag("a", "The map of the course", href=map_address))
    return tag(
        "div",
        button,
        where,
        back,
        class_="lesson-end",
        data_lesson=lesson,
        data_questions=questions,
        hidden="hidden",
    )


class LessonEnd(nodes.General, nodes.Element):
    """The end of a lesson; only a web page shows it."""


def add_lesson_end(app: Sphinx, doctree: nodes.document) -> None:
    """Put the button at the end of a lesson; other pages stay as they are."""
    docname = app.env.docname
    for stop in stops(project_of(app.env)):
        if stop.docname == docname:
            app.env.metadata[docname]["progress"] = "yes"
            last = next(doctree.findall(nodes.section))
            last += LessonEnd("", lesson=stop.number, questions=stop.questions)


def visit_progress(translator: Any, _node: ProgressBlock) -> None:
    """Write the tables into a page made of HTML."""
    builder = translator.builder

    def address(docname: str) -> str:
        uri: str = builder.get_relative_uri(builder.current_docname, docname)
        return uri

    translator.body.append(progress_html(stops(project_of(builder.env)), address))
    raise nodes.SkipNode


def visit_lesson_end(translator: Any, node: LessonEnd) -> None:
    """Write the button into a page of the website; a book has none."""
    builder = translator.builder
    if builder.name in WEBSITE:
        front = builder.get_relative_uri(builder.current_docname, builder.config.root_doc)
        translator.body.append(lesson_end(node["lesson"], node["questions"], front))
    raise nodes.SkipNode


def add_scripts(app: Sphinx, pagename: str, _template: str, _context: Any, _doctree: Any) -> None:
    """Load the script on the pages that show progress, and on no other."""
    if "progress" in app.env.metadata.get(pagename, {}):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, its nodes and the scripts of its pages with Sphinx."""
    through = (lambda _translator, _node: None, lambda _translator, _node: None)
    skip = (_skip, through[1])
    app.add_node(ProgressBlock, html=(visit_progress, through[1]), latex=through, text=through)
    app.add_node(LessonEnd, html=(visit_lesson_end, through[1]), latex=skip, text=skip)
    app.add_directive("progress", ProgressDirective)
    app.connect("doctree-read", add_lesson_end, priority=110)
    app.connect("html-page-context", add_scripts)
    app.add_css_file("front.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _skip(_translator: Any, _node: nodes.Node) -> None:
    raise nodes.SkipNode
