"""The answers to all practice questions, for a reader on paper or without a script."""

from __future__ import annotations

from collections.abc import Iterator

from safehaven.bank import present
from safehaven.bank.present import fill
from safehaven.book.project import Project
from safehaven.render.markup import inline_html, tag
from safehaven.render.page import PAGE_SEED
from safehaven.render.printed import key_html, short_key


def label(lesson: int) -> str:
    """The name of the section with the answers of a lesson."""
    return f"answers-lesson-{lesson}"


def answers(project: Project) -> Iterator[str]:
    """Lesson by lesson: the right answer in words, its letter on paper, and the reason."""
    for lesson in project.lessons:
        questions = project.practice.of(lesson.number, "practice")
        if not questions:
            continue
        yield from (f"({label(lesson.number)})=", "")
        yield from (f"## Lesson {lesson.number}: {lesson.head.title}", "")
        entries = []
        for question in questions:
            presented = present(question, PAGE_SEED)
            letters = short_key(presented) if presented.entries else ""
            entries.append(
                tag(
                    "li",
                    tag("p", f"On paper: {letters}", class_="answer-letters") if letters else "",
                    tag("div", key_html(presented), class_="answer-key"),
                    tag(
                        "p", inline_html(fill(question.why, presented.values)), class_="answer-why"
                    ),
                )
            )
        yield from ("````{raw} html", tag("ol", *entries, class_="answers"), "````", "")
