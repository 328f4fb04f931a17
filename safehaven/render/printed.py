"""Questions as still HTML, for what is printed or turned over: letters instead of controls.

The Anki deck and the paper quiz share these pieces; nothing here needs a script.
"""

from __future__ import annotations

from collections.abc import Iterable

from safehaven.bank import Presented
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
)
from safehaven.render.markup import inline_html, plain_text, tag
from safehaven.render.page import shown_number


def question_html(presented: Presented) -> str:
    """The stem, a word on how to answer, and the entries under their letters."""
    question = presented.question
    lefts = (
        tag("ol", *(tag("li", inline_html(pair.left)) for pair in question.pairs), class_="lefts")
        if isinstance(question, Matching)
        else ""
    )
    return (
        tag("p", inline_html(presented.stem), class_="stem")
        + tag("p", how_to_answer(presented), class_="how")
        + lefts
        + _entries(presented)
    )


def how_to_answer(presented: Presented) -> str:
    """What a person writes down, in words."""
    match presented.question:
        case MultipleChoice():
            return "Choose all that are right."
        case ChoiceBase():
            return "Choose one."
        case Ordering():
            return "Write the letters in the right order."
        case Matching():
            return "Give each number the letter of what belongs to it."
        case Numeric() as question:
            return f"Write a number ({inline_html(question.unit)})."
        case ShortText():
            return "Write a name or a few words."


def _entries(presented: Presented) -> str:
    entries = presented.entries
    if not entries:
        return ""
    lines = (
        tag("li", tag("b", letter, class_="letter"), " ", tag("span", inline_html(text)))
        for letter, text in entries.items()
    )
    return tag("ul", *lines, class_="entries")


def short_key(presented: Presented) -> str:
    """The right answer on one line of plain text: `B`, `A, C`, `1B, 2A`, `27.5`, `Kabul`."""
    match presented.question:
        case ChoiceBase():
            return ", ".join(sorted(presented.key))  # type: ignore[arg-type]
        case Ordering():
            return " ".join(presented.key)  # type: ignore[arg-type]
        case Matching():
            return ", ".join(f"{n}{letter}" for n, letter in presented.key.items())  # type: ignore[union-attr]
        case Numeric():
            return shown_number(presented)
        case ShortText() as question:
            return plain_text(question.accept[0])


def key_html(presented: Presented) -> str:
    """The right answer in words, without letters, so that it holds for every variant."""
    match presented.question:
        case ChoiceBase() as question:
            right = [inline_html(option.text) for option in question.options if option.right]
            return tag("p", right[0]) if len(right) == 1 else _list("ul", right)
        case Ordering() as question:
            items = (
                f"{inline_html(i.text.rstrip('.'))} ({inline_html(i.fact)})" for i in question.items
            )
            return _list("ol", items)
        case Matching() as question:
            pairs = (
                f"{inline_html(p.left.rstrip('.'))}: {inline_html(p.right)}" for p in question.pairs
            )
            return _list("ol", pairs)
        case Numeric() as question:
            return tag("p", f"{shown_number(presented)} {inline_html(question.unit)}")
        case ShortText() as question:
            first, *others = (inline_html(variant) for variant in question.accept)
            also = f" (also accepted: {', '.join(others)})" if others else ""
            return tag("p", first + also)


def _list(kind: str, items: Iterable[str]) -> str:
    return tag(kind, *(tag("li", item) for item in items))
