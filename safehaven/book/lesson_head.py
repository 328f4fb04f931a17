"""What stands under the title of every lesson: aims, time, care, and the day of the check."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from safehaven.book.project import project_of
from safehaven.lessons import Lesson

STRAND_NAMES = {
    "history": "History",
    "haqqani": "Haqqani network",
    "intelligence": "Intelligence",
}


def add_lesson_head(app: Sphinx, doctree: nodes.document) -> None:
    """Put the head under the title of a lesson; other pages stay as they are."""
    docname = app.env.docname
    for lesson in project_of(app.env).lessons:
        if lesson.file.with_suffix("") == app.env.srcdir / docname:
            title = next(doctree.findall(nodes.title))
            title.parent.insert(title.parent.index(title) + 1, lesson_head(lesson))


def lesson_head(lesson: Lesson) -> nodes.container:
    """The head of a lesson as a block of its own."""
    head = nodes.container(classes=["lesson-head"])
    head += _facts(lesson)
    head += nodes.paragraph("", "After this lesson you can:", classes=["lesson-aims"])
    aims = nodes.bullet_list()
    for objective in lesson.head.objectives:
        aims += nodes.list_item("", nodes.paragraph("", "", *_aim(objective.text, objective.id)))
    head += aims
    note = nodes.admonition(classes=["note", "content-note"])
    note += nodes.title("", "Content note")
    note += nodes.paragraph("", lesson.head.content_note)
    head += note
    return head


def _facts(lesson: Lesson) -> nodes.paragraph:
    checked = lesson.head.as_of
    day = f"{checked.day} {checked:%B %Y}"
    needs = ", ".join(str(number) for number in lesson.head.needs)
    parts = [
        f"Lesson {lesson.number}",
        STRAND_NAMES[lesson.head.strand],
        f"about {lesson.head.minutes} minutes",
        *([f"builds on lesson {needs}"] if needs else []),
        f"facts checked to {day}",
    ]
    return nodes.paragraph("", " · ".join(parts), classes=["lesson-facts"])


def _aim(text: str, identifier: str) -> list[nodes.Node]:
    lowered = text[0].lower() + text[1:]
    return [nodes.Text(lowered + " "), nodes.inline("", identifier, classes=["objective-id"])]
