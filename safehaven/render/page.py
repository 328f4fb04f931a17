"""Practice questions as accessible HTML forms inside a page of the book.

The form is whole without its script: it can be filled in, printed, and the answers lie in
`<details>` below it. The script `quiz.js` adds the Check button, feedback and the score.
Nothing here knows Sphinx: the caller says how a source is cited.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from safehaven.bank import Presented, Question, present
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
    Source,
)
from safehaven.bank.present import fill, trap_numbers
from safehaven.render.feedback import feedback_lines
from safehaven.render.markup import inline_html, tag

#: The page shows one fixed order, so that a rebuilt site is the same site.
PAGE_SEED = "page"


def quiz_html(questions: Sequence[Question], *, lesson: int, cite: Callable[[Source], str]) -> str:
    """The practice questions of a lesson as one well-formed `<section>`.

    Args:
        questions: in the order in which they are shown.
        lesson: number of the lesson; the reader's score is counted over these questions.
        cite: turns a source, with its place, into HTML. It is trusted; all else is escaped.

    Returns:
        XHTML without any outside reference, or an empty text where there is no question.
    """
    if not questions:
        return ""
    forms = [_form(present(q, PAGE_SEED), n, cite) for n, q in enumerate(questions, start=1)]
    score = tag(
        "div",
        tag("p", role="status", class_="quiz-total"),
        tag("button", "Start again", type="button", class_="quiz-reset"),
        class_="quiz-score",
        hidden="hidden",
    )
    return tag(
        "section",
        *forms,
        score,
        class_="quiz-set",
        data_lesson=lesson,
        aria_label=f"Practice questions of lesson {lesson}",
    )


def _form(presented: Presented, number: int, cite: Callable[[Source], str]) -> str:
    name = _name(presented)
    legend = tag(
        "legend",
        tag("span", f"{number}.", class_="quiz-number"),
        " ",
        inline_html(presented.stem),
    )
    # A disabled default button keeps Enter from sending the form where no script runs.
    check = tag(
        "button", "Check", type="submit", class_="quiz-check", hidden="hidden", disabled="disabled"
    )
    return tag(
        "form",
        tag("fieldset", legend, _controls(presented), id=f"{name}-answer"),
        tag("div", check, _level(presented.question), class_="quiz-foot"),
        tag("div", role="status", class_="quiz-feedback"),
        _explanation(presented, cite),
        class_=f"quiz quiz-{presented.question.kind}",
        id=name,
        autocomplete="off",
        data_quiz=json.dumps(_data(presented), ensure_ascii=False, sort_keys=True, allow_nan=False),
    )


def _name(presented: Presented) -> str:
    """The question's id as an HTML id and a field name: `quiz-L07-p01`."""
    return f"quiz-{presented.question.id.replace('.', '-')}"


def _level(question: Question) -> str:
    return tag(
        "small",
        f"{question.level.capitalize()} · objective {question.objective}",
        tag("span", class_="quiz-earlier"),
        class_="quiz-level",
    )


# What the reader fills in ---------------------------------------------------------------------


def _controls(presented: Presented) -> str:
    match presented.question:
        case ChoiceBase() as question:
            return _options(presented, many=isinstance(question, MultipleChoice))
        case Ordering() as question:
            return _positions(presented)
        case Matching() as question:
            return _pairs(presented, question)
        case Numeric() as question:
            hint = "In figures, such as 27, 1,200 or 12.5."
            return _line(presented, f"Your answer ({inline_html(question.unit)})", hint, "decimal")
        case ShortText():
            return _line(presented, "Your answer", "A name or a few words.", "text")


def _options(presented: Presented, *, many: bool) -> str:
    name = _name(presented)
    kind = "checkbox" if many else "radio"
    hint = tag("p", "Choose all that are right.", class_="quiz-hint") if many else ""
    return hint + "".join(
        tag(
            "label",
            tag("input", type=kind, name=name, value=letter, id=f"{name}-{letter}"),
            tag("span", inline_html(text)),
            class_="quiz-option",
            for_=f"{name}-{letter}",
        )
        for letter, text in presented.entries.items()
    )


def _positions(presented: Presented) -> str:
    name, entries = _name(presented), presented.entries
    numbers = [(str(i), str(i)) for i in range(1, len(entries) + 1)]
    rows = [
        _row(_select(f"{name}-{letter}", letter, numbers), inline_html(text), f"{name}-{letter}")
        for letter, text in entries.items()
    ]
    hint = tag("p", f"Give each its place, from 1 to {len(entries)}.", class_="quiz-hint")
    return hint + "".join(rows)


def _pairs(presented: Presented, question: Matching) -> str:
    name, entries = _name(presented), presented.entries
    right_side = tag(
        "ul",
        *(
            tag("li", tag("b", letter, class_="quiz-letter"), " ", inline_html(text))
            for letter, text in entries.items()
        ),
        class_="quiz-entries",
    )
    letters = [(letter, letter) for letter in entries]
    rows = [
        _row(_select(f"{name}-{i}", str(i), letters), inline_html(pair.left), f"{name}-{i}")
        for i, pair in enumerate(question.pairs, start=1)
    ]
    hint = tag("p", "Give each line the letter of what belongs to it.", class_="quiz-hint")
    return hint + right_side + "".join(rows)


def _row(control: str, label: str, target: str) -> str:
    return tag("div", control, tag("label", label, for_=target), class_="quiz-row")


def _select(identifier: str, name: str, values: Iterable[tuple[str, str]]) -> str:
    blank = tag("option", "–", value="")
    options = [tag("option", shown, value=value) for value, shown in values]
    return tag("select", blank, *options, id=identifier, name=name)


def _line(presented: Presented, label: str, hint: str, mode: str) -> str:
    name = _name(presented)
    return tag(
        "div",
        tag("label", label, for_=f"{name}-line"),
        tag(
            "input",
            type="text",
            inputmode=mode,
            id=f"{name}-line",
            name="line",
            aria_describedby=f"{name}-hint",
            spellcheck="false",
        ),
        tag("span", hint, id=f"{name}-hint", class_="quiz-hint"),
        class_="quiz-line",
    )


# What the script scores by --------------------------------------------------------------------


def _data(presented: Presented) -> dict[str, Any]:
    question = presented.question
    data: dict[str, Any] = {"id": question.id, "kind": question.kind}
    match question:
        case ChoiceBase():
            return data | {"right": sorted(presented.key)}  # type: ignore[arg-type]
        case Ordering() | Matching():
            return data | {"right": presented.key}
        case Numeric():
            return data | {
                "right": presented.key,
                "tolerance": question.tolerance,
                "unit": question.unit,
                "traps": trap_numbers(question, presented.values),
            }
        case ShortText():
            traps = [trap.answers for trap in question.traps]
            return data | {"right": question.accept, "traps": traps}


# What stands in the details -------------------------------------------------------------------


def _explanation(presented: Presented, cite: Callable[[Source], str]) -> str:
    question = presented.question
    sources = "; ".join(cite(source) for source in question.source)
    day = question.as_of
    as_of = f" Facts as of {day.day} {day:%B %Y}." if day else ""
    return tag(
        "details",
        tag("summary", "Answer and explanation"),
        tag("div", _key(presented), class_="quiz-key"),
        tag("p", _text(presented, question.why), class_="quiz-why"),
        _remarks(presented),
        tag("p", tag("small", f"Source: {sources}.{as_of}"), class_="quiz-source"),
    )


def _text(presented: Presented, text: str) -> str:
    return inline_html(fill(text, presented.values))


def _key(presented: Presented) -> str:
    match presented.question:
        case ChoiceBase() as question:
            right = [option.text for option in question.options if option.right]
            if len(right) == 1:
                return _answer(inline_html(right[0]))
            return _answer() + _list("ul", (inline_html(text) for text in right))
        case Ordering() as question:
            items = (f"{inline_html(i.text)} ({inline_html(i.fact)})" for i in question.items)
            return _answer() + _list("ol", items)
        case Matching() as question:
            pairs = (
                f"{inline_html(p.left.rstrip('.'))}: {inline_html(p.right)}" for p in question.pairs
            )
            return _answer() + _list("ul", pairs)
        case Numeric() as question:
            return _answer(f"{shown_number(presented)} {inline_html(question.unit)}")
        case ShortText() as question:
            return _answer(inline_html(question.accept[0]))


def shown_number(presented: Presented) -> str:
    """The key of a numeric question as a reader sees it: 1,200 or 12.5."""
    question, key = presented.question, presented.key
    assert isinstance(question, Numeric) and isinstance(key, float | int)
    return f"{key:,.{question.decimals}f}"


def _answer(text: str = "") -> str:
    label = tag("b", "Answer:")
    return tag("p", f"{label} {text}".strip())


def _list(kind: str, items: Iterable[str]) -> str:
    return tag(kind, *(tag("li", item) for item in items))


def _remarks(presented: Presented) -> str:
    """What the other answers show; the script takes its feedback from these lines."""
    lines = [
        tag(
            "li",
            tag("b", f"{inline_html(about.rstrip('.'))}:"),
            " ",
            tag("span", _text(presented, feedback), data_for=mark),
        )
        for mark, about, feedback in feedback_lines(presented)
    ]
    return tag("ul", *lines, class_="quiz-remarks") if lines else ""
