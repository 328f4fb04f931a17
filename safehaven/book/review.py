"""The `review` directive: practice questions and terms as cards that come back when due.

What a card is and when it is due is the matter of `static/review.js`; here the page gets the
same forms as the lessons have, and the terms of the glossary. Only practice questions are
known here. In a target without scripts (PDF, EPUB) the page says in words what it does.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from safehaven.bank import Question
from safehaven.bank.model import Source
from safehaven.book.pages.reference import read_rows
from safehaven.book.project import Project, project_of
from safehaven.book.quiz import BIBLIOGRAPHY_PAGE, WEBSITE, linked_citer
from safehaven.lessons import Lesson
from safehaven.render.markup import tag
from safehaven.render.page import quiz_html

#: What only this page loads, in this order.
SCRIPTS = ("vendor/ts-fsrs/ts-fsrs.umd.js", "review.js")
#: Shown where no script runs, and in print.
OFF = (
    "The review needs JavaScript and a browser. Without it, every question stands in its lesson "
    "with its answer, and every term in the glossary."
)
_TERM_ROLE = re.compile(r"\{term\}`(?:[^`<]*<([^`>]*)>|([^`]*))`")


@dataclass(frozen=True)
class Term:
    """A term of the glossary as a card.

    Attributes:
        name: the term.
        definition: plain text.
        source: key of a work, or an empty text for a term of general use.
        lessons: numbers of the lessons in which a reader meets it.
    """

    name: str
    definition: str
    source: str
    lessons: tuple[int, ...]


@dataclass(frozen=True)
class LessonCards:
    """A lesson as the page lists it, with its practice questions."""

    number: int
    title: str
    address: str
    questions: Sequence[Question]


class ReviewBlock(nodes.General, nodes.Element):
    """Where the cards stand. Its HTML is written late, and so stays out of the search."""


class ReviewDirective(SphinxDirective):
    """```{review}`: the practice questions of all lessons and the terms, when they are due."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Return the place of the cards, with words for a target that cannot show them."""
        self.env.note_reread()  # it follows every lesson, the bank and the glossary
        self.env.metadata[self.env.docname]["review"] = "yes"
        return [ReviewBlock("", nodes.paragraph("", OFF))]


def terms_met(rows: Sequence[Mapping[str, str]], lessons: Sequence[Lesson]) -> list[Term]:
    """The terms of the glossary, each with the lessons that use it.

    A lesson that marks the term with the role `term` uses it; where none does, one whose text
    holds the term or a variant of it. A term that no lesson uses is no card.
    """
    terms = []
    for row in rows:
        names = [row["term"], *filter(None, map(str.strip, row["variants"].split(";")))]
        used = _marked(names, lessons) or _mentioned(names, lessons)
        if used:
            terms.append(Term(row["term"], row["definition"], row["source_key"], used))
    return terms


def _marked(names: Sequence[str], lessons: Sequence[Lesson]) -> tuple[int, ...]:
    wanted = {name.casefold() for name in names}
    return tuple(
        lesson.number
        for lesson in lessons
        if any((a or b).strip().casefold() in wanted for a, b in _TERM_ROLE.findall(_text(lesson)))
    )


def _mentioned(names: Sequence[str], lessons: Sequence[Lesson]) -> tuple[int, ...]:
    either = "|".join(map(re.escape, names))
    word = re.compile(rf"(?<!\w)(?:{either})s?(?!\w)", re.IGNORECASE)
    return tuple(lesson.number for lesson in lessons if word.search(_text(lesson)))


def _text(lesson: Lesson) -> str:
    return "\n".join(section.text for section in lesson.sections)


# The page ---------------------------------------------------------------------------------------


def review_html(
    lessons: Sequence[LessonCards], terms: Sequence[Term], cite: Callable[[Source], str]
) -> str:
    """The whole block as well-formed XHTML, without any outside reference.

    Args:
        lessons: in the order in which they are listed and new questions are asked.
        terms: in the order in which new terms are asked within a lesson.
        cite: turns a source into HTML. It is trusted; all else is escaped.
    """
    forms = "".join(
        quiz_html(lesson.questions, lesson=lesson.number, cite=cite) for lesson in lessons
    )
    return tag(
        "section",
        tag("p", OFF, class_="review-off"),
        _due(),
        _stage(),
        tag("h2", "Lessons you have read"),
        tag(
            "p",
            "Tick a lesson, and its questions and terms join the review, 20 new ones a day.",
            class_="review-how",
            hidden="hidden",
        ),
        tag("ul", *map(_lesson, lessons), class_="review-lessons"),
        _keep(),
        tag("div", forms, class_="review-questions", hidden="hidden"),
        tag("script", _data(terms, cite), type="application/json", class_="review-terms"),
        class_="review",
        aria_label="Review",
    )


def _button(words: str, name: str) -> str:
    return tag("button", words, type="button", class_=name)


def _due() -> str:
    return tag(
        "div",
        tag("p", role="status", class_="review-due"),
        tag("p", class_="review-note", hidden="hidden"),
        _button("Start the review", "review-start"),
        class_="review-today",
        hidden="hidden",
    )


def _stage() -> str:
    return tag(
        "div",
        tag("h2", class_="review-place", tabindex=-1),
        tag("p", class_="review-from"),
        tag("div", class_="review-card"),
        tag("p", role="status", class_="review-planned"),
        tag("div", class_="review-buttons"),
        _button("Stop here", "review-stop"),
        class_="review-stage",
        hidden="hidden",
    )


def _lesson(lesson: LessonCards) -> str:
    link = tag("a", f"{lesson.number}. {html.escape(lesson.title)}", href=lesson.address)
    return tag("li", link, data_lesson=lesson.number)


def _keep() -> str:
    """Export, import and erase: hidden until the script can do them."""
    move = tag(
        "div",
        _button("Export as a file", "review-export"),
        tag(
            "label",
            "Import a file ",
            tag("input", type="file", accept=".json,application/json", id="review-import"),
            for_="review-import",
        ),
        _button("Erase everything", "review-erase"),
        class_="review-move",
    )
    sure = tag(
        "div",
        tag("p", class_="review-sure-words", id="review-sure-words"),
        _button("No, keep it", "review-no"),
        _button("Yes, erase it", "review-yes"),
        class_="review-sure",
        role="group",
        aria_labelledby="review-sure-words",
        hidden="hidden",
    )
    return tag(
        "div",
        tag("h2", "Keep or move your progress"),
        tag(
            "p",
            "Your progress is kept in this browser and sent nowhere. A file takes it to another "
            "browser, or keeps it safe when this one forgets.",
        ),
        move,
        sure,
        tag("p", role="status", class_="review-moved"),
        class_="review-keep",
        hidden="hidden",
    )


def _data(terms: Sequence[Term], cite: Callable[[Source], str]) -> str:
    """The terms as JSON that no `</script>` can end."""
    entries: list[dict[str, Any]] = [
        {
            "id": f"term:{term.name}",
            "term": term.name,
            "definition": term.definition,
            "source": cite(Source(key=term.source)) if term.source else "",
            "lessons": term.lessons,
        }
        for term in terms
    ]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


# Sphinx -----------------------------------------------------------------------------------------


def visit_review(translator: Any, _node: ReviewBlock) -> None:
    """Write the cards into a page of the website; any other target gets the words inside."""
    builder = translator.builder
    if builder.name in WEBSITE:
        translator.body.append(_page(project_of(builder.env), builder, builder.current_docname))
        raise nodes.SkipNode


def depart_review(_translator: Any, _node: ReviewBlock) -> None:
    """Nothing is left to close."""


def _page(project: Project, builder: Any, docname: str) -> str:
    def address(target: str) -> str:
        uri: str = builder.get_relative_uri(docname, target)
        return uri

    cite = linked_citer(project, address(BIBLIOGRAPHY_PAGE))
    lessons = [
        LessonCards(
            lesson.number,
            lesson.head.title,
            address(lesson.file.relative_to(project.folders.root).with_suffix("").as_posix()),
            project.practice.of(lesson.number, "practice"),
        )
        for lesson in project.lessons
    ]
    rows = read_rows(project.folders.data / "glossary" / "glossary.csv")
    return review_html(lessons, terms_met(rows, project.lessons), cite)


def add_scripts(app: Sphinx, pagename: str, _template: str, _context: Any, _doctree: Any) -> None:
    """Load the planner and the script on the page that holds the cards, and on no other."""
    if "review" in app.env.metadata.get(pagename, {}):
        for script in SCRIPTS:
            app.add_js_file(script, loading_method="defer")
        app.add_css_file("review.css")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive, its node, and the scripts of its page with Sphinx."""
    through = (lambda _translator, _node: None, depart_review)
    app.add_node(ReviewBlock, html=(visit_review, depart_review), latex=through, text=through)
    app.add_directive("review", ReviewDirective)
    app.connect("html-page-context", add_scripts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
