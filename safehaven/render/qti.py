"""Questions as a QTI 1.2 package for Canvas, written with text2qti.

text2qti writes single and multiple choices, numbers and short texts, and the package around
them. It knows no pairs and no orders; for these it gets a place-holder, which is exchanged for
Canvas's own matching question: pairs as they are, and an order as its places, each to be matched
with an item. `DIFFERENCES` says where Canvas scores otherwise.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping, Sequence

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from safehaven.bank import Presented
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortText,
)
from safehaven.bank.present import numeric_key
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
    "multiple": "Canvas itself gives part of the points and takes back for wrong options, as the "
    "course does; a program that goes by the package alone gives all or nothing.",
    "numeric": "A number is read by Canvas: figures only, without words or a unit. Feedback on "
    "single wrong numbers is shown together.",
    "ordering": "An order is a matching question: each place gets an item, and is worth its share "
    "of the points where the item is right; in the course it is Kendall's tau.",
    "matching": "Feedback on entries that belong nowhere is shown together.",
    "text": "Accents, hyphens and spaces are compared letter by letter; the usual spellings are "
    "in the list of answers. Feedback on single wrong answers is shown together.",
}

_NS = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_Q = f"{{{_NS}}}"
#: text2qti refuses numbers this near to 0; those questions are written here.
_LEAST_MAGNITUDE = 1e-4
#: What Markdown, its extensions in text2qti, or text2qti itself would take for a mark.
_MARKS = re.compile(r"[\\`*_{}\[\]()#+!$\"'~|^=:@]|--+|\.\.+|(?<=\d)[.)]|^\W")
_RIGHTS = "Private (Copyrighted) - http://en.wikipedia.org/wiki/Copyright"
_LICENCE = "CC BY 4.0 - https://creativecommons.org/licenses/by/4.0/"


def qti_package(
    shown: Sequence[Presented],
    *,
    title: str,
    points: Points = 1,
    advice: Mapping[str, str] | None = None,
) -> bytes:
    """The questions as the bytes of a zip file that Canvas imports as a quiz.

    Args:
        shown: the questions as a class sees them, in the order of the paper; at least one.
        title: name of the quiz.
        points: what each question is worth, whole or half.
        advice: for an objective's id, what a student who was wrong should read.
    """
    text = quiz_text(shown, title=title, points=points, advice=advice or {})
    package = QTI(Quiz(text, config=Config()))
    package.assessment = _with_own_items(package.assessment, shown, advice or {})
    package.imsmanifest_xml = package.imsmanifest_xml.replace(_RIGHTS, _LICENCE)
    stream = io.BytesIO(package.zip_bytes())
    with zipfile.ZipFile(stream, "a", compression=zipfile.ZIP_DEFLATED) as package_file:
        package_file.writestr("README.txt", readme(shown, title=title))
    return stream.getvalue()


def readme(shown: Sequence[Presented], *, title: str) -> str:
    """What an instructor should know of the package: what is in it, and what Canvas does."""
    kinds = {presented.question.kind for presented in shown}
    notes = [f"- {kind}: {DIFFERENCES[kind]}" for kind in sorted(kinds & set(DIFFERENCES))]
    return "\n".join(
        [
            f"{title}: {len(shown)} questions, all of them in this package.",
            "Import it in Canvas: Settings, Import Course Content, QTI .zip file.",
            "",
            "Where Canvas reads or scores an answer otherwise than the course:",
            *(notes or ["- nowhere"]),
            "",
        ]
    )


# What text2qti reads --------------------------------------------------------------------------


def quiz_text(
    shown: Sequence[Presented], *, title: str, points: Points, advice: Mapping[str, str]
) -> str:
    """The quiz in the language of text2qti; an own item stands there as an essay."""
    blocks = [f"Quiz title: {plain_text(title)}", "Shuffle answers: false"]
    for presented in shown:
        head = [f"Title: {presented.question.id}", f"Points: {worth(presented, points):g}"]
        body = (
            [f"1. {presented.question.id}", "____"]
            if _is_own(presented)
            else _text2qti_lines(presented, advice_line(presented, advice))
        )
        blocks.append("\n".join([*head, *body]))
    return "\n\n".join(blocks) + "\n"


def _text2qti_lines(presented: Presented, advice: str) -> list[str]:
    lines = [f"1. {_typed(_stem(presented))}"]
    lines.append(f"... {_typed(lines_html(explanation_lines(presented)))}")
    wrong = _wrong_lines(presented, advice)
    lines += [f"- {_typed(lines_html(wrong))}"] if wrong else []
    return lines + _answer_lines(presented)


def _wrong_lines(presented: Presented, advice: str) -> list[str]:
    """What is shown with any wrong answer; options bring feedback of their own."""
    about = [(answer, feedback) for _, answer, feedback in feedback_lines(presented)]
    own = remarks(presented, about) if isinstance(presented.question, Numeric | ShortText) else []
    return [line for line in [*own, advice] if line]


def _answer_lines(presented: Presented) -> list[str]:
    match presented.question:
        case ChoiceBase() as question:
            return _option_lines(presented, question)
        case Numeric() as question:
            key = round(numeric_key(question, presented.values), 9)
            return [f"= {key!r} +- {question.tolerance!r}"]
        case ShortText() as question:
            return [f"* {spelling}" for spelling in spellings(question.accept)]
        case _:
            raise AssertionError("an own item has no line in the language of text2qti")


def _option_lines(presented: Presented, question: ChoiceBase) -> list[str]:
    many = isinstance(question, MultipleChoice)
    lines = []
    for letter, position in presented.letters.items():
        option = question.options[position]
        mark = ("[*]" if option.right else "[ ]") if many else f"{'*' * option.right}{letter})"
        lines.append(f"{mark} {_typed(inline_html(option.text))}")
        if option.feedback:
            lines.append(f"... {_typed(html_of(presented, option.feedback))}")
    return lines


def _typed(html: str) -> str:
    """HTML as text2qti takes it over unchanged: tags stay, what could be a mark is an entity."""
    parts = re.split(r"(<[^<>]*>|&(?:amp|lt|gt);)", html)
    return "".join(
        part if i % 2 else _MARKS.sub(lambda m: "".join(f"&#{ord(c)};" for c in m[0]), part)
        for i, part in enumerate(parts)
    )


def _stem(presented: Presented) -> str:
    lines = [html_of(presented, presented.stem)]
    match presented.question:
        case Numeric() as question:
            lines.append(f"Unit: {inline_html(question.unit)}")
        case Ordering() as question:
            lines.append(f"Choose the item for each place from 1 to {len(question.items)}.")
    return lines_html(lines)


# What text2qti does not write -----------------------------------------------------------------


def _is_own(presented: Presented) -> bool:
    question = presented.question
    if isinstance(question, Numeric):
        key = numeric_key(question, presented.values)
        ends = (key - question.tolerance, key + question.tolerance)
        return any(abs(end) < _LEAST_MAGNITUDE for end in ends)
    return isinstance(question, Matching | Ordering)


def _with_own_items(assessment: str, shown: Sequence[Presented], advice: Mapping[str, str]) -> str:
    """The assessment, with each place-holder exchanged for the question it stands for."""
    ET.register_namespace("", _NS)
    root = ET.fromstring(assessment)
    for item, presented in zip(root.findall(f".//{_Q}item"), shown, strict=True):
        if _is_own(presented):
            _fill_item(item, presented, advice_line(presented, advice))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _fill_item(item: ET.Element, presented: Presented, advice: str) -> None:
    for name in ("presentation", "resprocessing", "itemfeedback"):
        for old in item.findall(f"{_Q}{name}"):
            item.remove(old)
    presentation, processing = _sub(item, "presentation"), _sub(item, "resprocessing")
    _material(presentation, f"<p>{_stem(presented)}</p>")
    _sub(
        _sub(processing, "outcomes"),
        "decvar",
        maxvalue="100",
        minvalue="0",
        varname="SCORE",
        vartype="Decimal",
    )
    _always(processing, "general_fb")
    texts = {"general_fb": lines_html(explanation_lines(presented))}
    if isinstance(presented.question, Numeric):
        kind, ids = "numerical_question", ["answer1"]
        _numeric(presentation, processing, presented)
    else:
        kind = "matching_question"
        ids = _rows(presentation, processing, presented)
        texts |= {
            f"{identifier}_fb": html_of(presented, feedback)
            for identifier, feedback in zip(ids, _row_feedback(presented.question), strict=False)
        }
    if wrong := _own_wrong_lines(presented, advice):
        _always(processing, "general_incorrect_fb")
        texts["general_incorrect_fb"] = lines_html(wrong)
    for identifier, html in texts.items():
        flow = _sub(_sub(item, "itemfeedback", ident=identifier), "flow_mat")
        _material(flow, f"<p>{html}</p>")
    _set_metadata(item, {"question_type": kind, "original_answer_ids": ",".join(ids)})


def _row_feedback(question: object) -> list[str]:
    return [pair.feedback for pair in question.pairs] if isinstance(question, Matching) else []


def _own_wrong_lines(presented: Presented, advice: str) -> list[str]:
    match presented.question:
        case Ordering() as question:
            lines = [html_of(presented, question.feedback), advice]
        case Matching() as question:
            about = [(entry.text, entry.feedback) for entry in question.extra]
            lines = [*remarks(presented, about), advice]
        case _:
            lines = _wrong_lines(presented, advice)
    return [line for line in lines if line]


def _rows(presentation: ET.Element, processing: ET.Element, presented: Presented) -> list[str]:
    """Lines to be matched with entries, as Canvas exports them; their idents come back."""
    match presented.question:
        case Matching() as question:
            lefts = [plain_text(pair.left) for pair in question.pairs]
        case Ordering() as question:
            lefts = [f"Place {i}" for i in range(1, len(question.items) + 1)]
        case _:
            raise AssertionError("only pairs and orders have lines to be matched")
    name = presented.question.id.replace(".", "_")
    ids = [f"{name}_{i}" for i in range(1, len(lefts) + 1)]
    entry_of = {position: f"{name}_{letter}" for letter, position in presented.letters.items()}
    for position, (identifier, left) in enumerate(zip(ids, lefts, strict=True)):
        respident = f"response_{identifier}"
        row = _sub(presentation, "response_lid", ident=respident, rcardinality="Single")
        _material(row, left, "text/plain")
        choices = _sub(row, "render_choice")
        for letter, text in presented.entries.items():
            label = _sub(choices, "response_label", ident=f"{name}_{letter}")
            _material(label, plain_text(text), "text/plain")
        right = _sub(processing, "respcondition")
        equal = _sub(_sub(right, "conditionvar"), "varequal", respident=respident)
        equal.text = entry_of[position]
        _sub(right, "setvar", varname="SCORE", action="Add").text = f"{100 / len(lefts):.2f}"
        if isinstance(presented.question, Matching):
            wrong = _sub(processing, "respcondition")
            unequal = _sub(_sub(wrong, "conditionvar"), "not")
            _sub(unequal, "varequal", respident=respident).text = entry_of[position]
            _shows(wrong, f"{identifier}_fb")
    return ids


def _numeric(presentation: ET.Element, processing: ET.Element, presented: Presented) -> None:
    question = presented.question
    assert isinstance(question, Numeric)
    key = round(numeric_key(question, presented.values), 9)
    field = _sub(presentation, "response_str", ident="response1", rcardinality="Single")
    _sub(_sub(field, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    right = _sub(processing, "respcondition", **{"continue": "No"})
    either = _sub(_sub(right, "conditionvar"), "or")
    _sub(either, "varequal", respident="response1").text = f"{key:.4f}"
    between = _sub(either, "and")
    _sub(between, "vargte", respident="response1").text = f"{key - question.tolerance:.4f}"
    _sub(between, "varlte", respident="response1").text = f"{key + question.tolerance:.4f}"
    _sub(right, "setvar", action="Set", varname="SCORE").text = "100"


def _always(processing: ET.Element, feedback: str) -> None:
    condition = _sub(processing, "respcondition", **{"continue": "Yes"})
    _sub(_sub(condition, "conditionvar"), "other")
    _shows(condition, feedback)


def _shows(condition: ET.Element, feedback: str) -> None:
    _sub(condition, "displayfeedback", feedbacktype="Response", linkrefid=feedback)


def _material(parent: ET.Element, text: str, kind: str = "text/html") -> None:
    _sub(_sub(parent, "material"), "mattext", texttype=kind).text = text


def _set_metadata(item: ET.Element, values: Mapping[str, str]) -> None:
    for entry in item.iter(f"{_Q}qtimetadatafield"):
        label = entry.findtext(f"{_Q}fieldlabel", "")
        if label in values:
            entry.find(f"{_Q}fieldentry").text = values[label]  # type: ignore[union-attr]


def _sub(parent: ET.Element, name: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{_Q}{name}", attributes)
