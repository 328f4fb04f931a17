"""Reads the packages back with nothing of the package that wrote them."""

from __future__ import annotations

import io
import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@dataclass
class Read:
    """A question as a package has it.

    `entries` are options, items or the right side, as shown; `key` is in their words: a set of
    texts, a list, a dict of left to right, (number, tolerance), or a set of spellings.
    """

    kind: str
    stem: str
    points: float
    entries: list[str] = field(default_factory=list)
    key: object = None
    why: str = ""
    feedback: dict[str, str] = field(default_factory=dict)
    wrong: str = ""
    shares: dict[str, float] = field(default_factory=dict)


def words(html: str | None) -> str:
    """What a reader sees of a piece of HTML: its text, a new line for each break."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data):
            found.append(data)

        def handle_starttag(self, tag, attrs):
            assert not attrs
            assert tag in {"p", "br", "em", "strong", "b", "code"}, tag
            if tag == "br":
                found.append("\n")

    reader = Reader(convert_charrefs=True)
    reader.feed(html or "")
    reader.close()
    return "".join(found).strip()


def bare(text: str) -> str:
    """A name without case, accents and everything that is no letter or figure."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if c.isalnum())


# Moodle ---------------------------------------------------------------------------------------


def read_moodle(document: str) -> dict[str, Read]:
    """Every question by its name."""
    root = ET.fromstring(document.encode("utf-8"))
    assert root.tag == "quiz"
    return {
        question.findtext("name/text", ""): _moodle(question)
        for question in root
        if question.tag == "question" and question.get("type") != "category"
    }


def _moodle(question: ET.Element) -> Read:
    kind = question.get("type", "")
    read = Read(
        kind=kind,
        stem=words(question.findtext("questiontext/text")),
        points=float(question.findtext("defaultgrade", "")),
        why=words(question.findtext("generalfeedback/text")),
        wrong=words(question.findtext("incorrectfeedback/text")),
    )
    answers = [
        (
            words(answer.findtext("text"))
            if answer.get("format") == "html"
            else answer.findtext("text", ""),
            float(answer.get("fraction", "")),
            words(answer.findtext("feedback/text")),
            float(answer.findtext("tolerance", "nan")),
        )
        for answer in question.findall("answer")
    ]
    read.entries = [text for text, *_ in answers if text != "*"]
    read.feedback = {text: feedback for text, _, feedback, _ in answers if feedback}
    read.shares = {text: fraction for text, fraction, *_ in answers}
    if kind in ("multichoice", "shortanswer"):
        read.key = {text for text, fraction, *_ in answers if fraction > 0}
        if kind == "multichoice":
            many = question.findtext("single") == "false"
            read.kind = "multiple" if many else "single"
        else:
            assert question.findtext("usecase") == "0"
    elif kind == "numerical":
        ((number, _, _, tolerance),) = [answer for answer in answers if answer[1] == 100]
        assert answers[0][1] == 100, "Moodle takes the first that fits"
        read.key = (float(number), tolerance)
    elif kind == "ordering":
        assert question.findtext("gradingtype") == "RELATIVE_ALL_PREVIOUS_AND_NEXT"
        read.key = [text for text, *_ in sorted(answers, key=lambda answer: answer[1])]
    elif kind == "match":
        pairs = [
            (words(sub.findtext("text")), sub.findtext("answer/text", ""))
            for sub in question.findall("subquestion")
        ]
        read.entries = [right for _, right in pairs]
        read.key = {left: right for left, right in pairs if left}
    return read


# QTI ------------------------------------------------------------------------------------------


def qti_documents(package: bytes) -> dict[str, str]:
    """The XML files of a package by their place, all of them well-formed."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        texts = {n: opened.read(n).decode() for n in opened.namelist() if n.endswith(".xml")}
    for text in texts.values():
        ET.fromstring(text)
    return texts


def qti_assessment(package: bytes) -> ET.Element:
    """The assessment that the manifest names."""
    documents = qti_documents(package)
    manifest = ET.fromstring(documents["imsmanifest.xml"])
    resource = next(r for r in manifest.iter() if r.get("type") == "imsqti_xmlv1p2")
    return ET.fromstring(documents[resource[0].get("href", "")])


def read_qti(package: bytes) -> dict[str, Read]:
    """Every question by its title, in the order of the package."""
    return {
        item.get("title", ""): _qti(item) for item in qti_assessment(package).iter(f"{QTI}item")
    }


def _qti(item: ET.Element) -> Read:
    metadata = {
        entry.findtext(f"{QTI}fieldlabel"): entry.findtext(f"{QTI}fieldentry", "")
        for entry in item.iter(f"{QTI}qtimetadatafield")
    }
    texts = {
        feedback.get("ident", ""): words(feedback.findtext(f".//{QTI}mattext"))
        for feedback in item.findall(f"{QTI}itemfeedback")
    }
    presentation = item.find(f"{QTI}presentation")
    read = Read(
        kind=metadata["question_type"],
        stem=words(presentation.findtext(f"{QTI}material/{QTI}mattext")),
        points=float(metadata["points_possible"]),
        why=texts.get("general_fb", ""),
        wrong=texts.get("general_incorrect_fb", ""),
    )
    _check_links(item, texts)
    _KEYS[read.kind](item, read)
    ties = _FEEDBACK.get(read.kind)
    read.feedback = {
        text: texts[f"{ident}_fb"]
        for ident, text in (ties(item) if ties else {}).items()
        if f"{ident}_fb" in texts
    }
    return read


def _check_links(item: ET.Element, texts: dict[str, str]) -> None:
    shown = {link.get("linkrefid") for link in item.iter(f"{QTI}displayfeedback")}
    assert shown == set(texts), "every feedback is shown by a condition, and each has a text"


def _labels(parent: ET.Element) -> dict[str, str]:
    return {
        label.get("ident", ""): words(label.findtext(f".//{QTI}mattext"))
        for label in parent.iter(f"{QTI}response_label")
    }


def _scoring(item: ET.Element) -> list[ET.Element]:
    return [c for c in item.iter(f"{QTI}respcondition") if c.find(f"{QTI}setvar") is not None]


def _qti_choice(item: ET.Element, read: Read) -> None:
    labels = _labels(item)
    (condition,) = _scoring(item)
    variables = condition.find(f"{QTI}conditionvar")
    both = variables.find(f"{QTI}and")
    picked = (both if both is not None else variables).findall(f"{QTI}varequal")
    read.kind = {"Single": "single", "Multiple": "multiple"}[
        item.find(f".//{QTI}response_lid").get("rcardinality", "")
    ]
    read.entries = list(labels.values())
    read.key = {labels[choice.text] for choice in picked}
    if read.kind == "multiple":
        unpicked = {choice.text for choice in both.findall(f"{QTI}not/{QTI}varequal")}
        assert unpicked | {choice.text for choice in picked} == set(labels)


def _qti_number(item: ET.Element, read: Read) -> None:
    (condition,) = _scoring(item)
    low, high = (float(condition.findtext(f".//{QTI}{name}", "")) for name in ("vargte", "varlte"))
    exact = float(condition.findtext(f".//{QTI}varequal", ""))
    assert abs((low + high) / 2 - exact) < 2e-4
    read.key = (exact, (high - low) / 2)


def _qti_text(item: ET.Element, read: Read) -> None:
    (condition,) = _scoring(item)
    read.key = {equal.text for equal in condition.iter(f"{QTI}varequal")}


def _qti_rows(item: ET.Element, read: Read) -> None:
    rows = {
        row.get("ident", ""): (row.findtext(f"{QTI}material/{QTI}mattext", ""), _labels(row))
        for row in item.iter(f"{QTI}response_lid")
    }
    key: dict[str, str] = {}
    for condition in _scoring(item):
        equal = condition.find(f".//{QTI}varequal")
        left, labels = rows[equal.get("respident", "")]
        key[left] = labels[equal.text]
        read.shares[left] = float(condition.findtext(f"{QTI}setvar", ""))
        assert condition.find(f"{QTI}setvar").get("action") == "Add"
    read.entries = list(next(iter(rows.values()))[1].values())
    read.key = key
    if all(re.fullmatch(r"Place \d+", left) for left in key):
        read.kind, read.key = "ordering", [key[f"Place {i + 1}"] for i in range(len(key))]


def _row_names(item: ET.Element) -> dict[str, str]:
    return {
        row.get("ident", "").removeprefix("response_"): row.findtext(
            f"{QTI}material/{QTI}mattext", ""
        )
        for row in item.iter(f"{QTI}response_lid")
    }


#: What single texts of feedback can be about, by kind; the others have none.
_FEEDBACK = {"single": _labels, "multiple": _labels, "matching_question": _row_names}
_KEYS = {
    "multiple_choice_question": _qti_choice,
    "multiple_answers_question": _qti_choice,
    "numerical_question": _qti_number,
    "short_answer_question": _qti_text,
    "matching_question": _qti_rows,
}
