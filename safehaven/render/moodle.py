"""Questions as Moodle XML, for Moodle's question bank.

Moodle has a question type for each of the course's kinds. Orders need Moodle 4.4 or later, where
`ordering` belongs to Moodle itself. `DIFFERENCES` says where Moodle scores otherwise; it stands at
the head of the document too.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from safehaven.bank import Presented
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    Numeric,
    Ordering,
    ShortText,
    SingleChoice,
)
from safehaven.bank.present import numeric_key, trap_numbers
from safehaven.render.feedback import feedback_lines
from safehaven.render.lms import (
    Points,
    advice_line,
    explanation_lines,
    html_of,
    lines_html,
    remarks,
    spellings,
    worth,
)
from safehaven.render.markup import inline_html, plain_text

#: Where an answer is scored or read otherwise than in the course, by kind.
DIFFERENCES = {
    "numeric": "A number is read by Moodle: figures only, without words or a unit.",
    "ordering": "An order is worth the share of pairs of items in the right order, so a random "
    "order gets half of the points; in the course it is Kendall's tau, and gets none.",
    "matching": "Feedback on single pairs is shown together, below the question.",
    "text": "Accents, hyphens and spaces are compared letter by letter; the usual spellings are "
    "in the list of answers.",
}


def moodle_xml(
    shown: Sequence[Presented],
    *,
    category: str,
    points: Points = 1,
    advice: Mapping[str, str] | None = None,
) -> str:
    """The questions as one Moodle XML document.

    Args:
        shown: the questions as a class sees them, in the order of the paper.
        category: name of the category that Moodle makes for them.
        points: what each question is worth.
        advice: for an objective's id, what a student who was wrong should read.
    """
    quiz = ET.Element("quiz")
    kinds = {presented.question.kind for presented in shown}
    quiz.extend(ET.Comment(f" {k}: {DIFFERENCES[k]} ") for k in sorted(kinds & set(DIFFERENCES)))
    head = ET.SubElement(quiz, "question", type="category")
    name = category.replace("/", "//")  # Moodle's own way to write a stroke in a name
    _text(ET.SubElement(head, "category"), f"$course$/top/{name}")
    for presented in shown:
        quiz.append(_question(presented, worth(presented, points), advice or {}))
    ET.indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(quiz, encoding="unicode") + "\n"


def _question(presented: Presented, points: float, advice: Mapping[str, str]) -> ET.Element:
    kind, write = _WRITERS[presented.question.kind]
    question = ET.Element("question", type=kind)
    _text(ET.SubElement(question, "name"), presented.question.id)
    _html(question, "questiontext", _stem(presented))
    _html(question, "generalfeedback", lines_html(explanation_lines(presented)))
    _add(question, "defaultgrade", f"{points:g}")
    _add(question, "penalty", "0.3333333")  # Moodle's default; for repeated tries only
    _add(question, "hidden", "0")
    write(question, presented, advice_line(presented, advice))
    tags = ET.SubElement(question, "tags")
    for label in (presented.question.objective, presented.question.level):
        _text(ET.SubElement(tags, "tag"), label)
    return question


def _stem(presented: Presented) -> str:
    lines = [html_of(presented, presented.stem)]
    if isinstance(presented.question, Numeric):
        lines.append(f"Unit: {inline_html(presented.question.unit)}")
    return lines_html(lines)


def _choice(question: ET.Element, presented: Presented, advice: str) -> None:
    source = presented.question
    assert isinstance(source, ChoiceBase)
    _add(question, "single", str(isinstance(source, SingleChoice)).lower())
    _add(question, "shuffleanswers", "false")  # the order of the class; natural orders stay
    _add(question, "answernumbering", "ABCD")
    _add(question, "showstandardinstruction", "1")
    _combined(question, advice)
    share = 100 / len(source.right_options)
    wrong = 0 if isinstance(source, SingleChoice) else -share
    for position in presented.order:
        option = source.options[position]
        _answer(
            question,
            inline_html(option.text),
            share if option.right else wrong,
            html_of(presented, option.feedback or ""),
            form="html",
        )


def _numeric(question: ET.Element, presented: Presented, advice: str) -> None:
    source = presented.question
    assert isinstance(source, Numeric)
    right = numeric_key(source, presented.values)
    tolerance = f"{source.tolerance:g}"
    _add(_answer(question, _number(right), 100, ""), "tolerance", tolerance)
    # Moodle takes the first answer that fits, so the key comes before the traps.
    for trap, number in zip(source.traps, trap_numbers(source, presented.values), strict=True):
        feedback = lines_html([html_of(presented, trap.feedback), advice])
        _add(_answer(question, _number(number), 0, feedback), "tolerance", tolerance)
    _add(_answer(question, "*", 0, advice), "tolerance", "0")
    _add(question, "unitgradingtype", "0")
    _add(question, "unitpenalty", "0.1")
    _add(question, "showunits", "3")  # no field for a unit: it stands in the stem
    _add(question, "unitsleft", "0")


def _short_text(question: ET.Element, presented: Presented, advice: str) -> None:
    source = presented.question
    assert isinstance(source, ShortText)
    _add(question, "usecase", "0")
    for spelling in spellings(source.accept):
        _answer(question, _literal(spelling), 100, "")
    for trap in source.traps:
        feedback = lines_html([html_of(presented, trap.feedback), advice])
        for spelling in spellings(trap.answers):
            _answer(question, _literal(spelling), 0, feedback)
    _answer(question, "*", 0, advice)


def _matching(question: ET.Element, presented: Presented, advice: str) -> None:
    source = presented.question
    assert isinstance(source, Matching)
    _add(question, "shuffleanswers", "false")  # of the left side; Moodle shuffles the right
    about = [(answer, feedback) for _, answer, feedback in feedback_lines(presented)]
    _combined(question, lines_html([*remarks(presented, about), advice]))
    for pair in source.pairs:
        _subquestion(question, inline_html(pair.left), plain_text(pair.right))
    for extra in source.extra:
        _subquestion(question, "", plain_text(extra.text))


def _ordering(question: ET.Element, presented: Presented, advice: str) -> None:
    source = presented.question
    assert isinstance(source, Ordering)
    _add(question, "layouttype", "VERTICAL")
    _add(question, "selecttype", "ALL")
    _add(question, "selectcount", str(len(source.items)))
    _add(question, "gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT")
    _add(question, "showgrading", "SHOW")
    _add(question, "numberingstyle", "none")
    _combined(question, lines_html([html_of(presented, source.feedback), advice]))
    for place, item in enumerate(source.items, start=1):
        _answer(question, inline_html(item.text), place, "", form="html")


_WRITERS = {
    "single": ("multichoice", _choice),
    "multiple": ("multichoice", _choice),
    "numeric": ("numerical", _numeric),
    "text": ("shortanswer", _short_text),
    "matching": ("match", _matching),
    "ordering": ("ordering", _ordering),
}


def _subquestion(question: ET.Element, left: str, right: str) -> None:
    _text(ET.SubElement(_html(question, "subquestion", left), "answer"), right)


def _answer(
    question: ET.Element, text: str, fraction: float, feedback: str, form: str = "plain_text"
) -> ET.Element:
    # Five decimals, as in the list of fractions that Moodle compares with.
    answer = ET.SubElement(question, "answer", fraction=f"{round(fraction, 5):.7g}", format=form)
    _text(answer, text)
    _html(answer, "feedback", feedback)
    return answer


def _combined(question: ET.Element, wrong: str) -> None:
    _html(question, "correctfeedback", "")
    _html(question, "partiallycorrectfeedback", wrong)
    _html(question, "incorrectfeedback", wrong)


def _literal(text: str) -> str:
    """A text in which an asterisk is no wildcard."""
    return text.replace("*", r"\*")


def _number(value: float) -> str:
    return f"{round(value, 9):.12g}"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text


def _html(parent: ET.Element, name: str, html: str) -> ET.Element:
    element = ET.SubElement(parent, name, format="html")
    _text(element, f"<p>{html}</p>" if html else "")
    return element
