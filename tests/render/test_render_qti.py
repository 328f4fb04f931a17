"""Everything of a question is in the Canvas package, as a reader of its own finds it there."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from geography import questions
from lms_readers import QTI, Read, bare, qti_assessment, qti_documents, read_qti
from whole_bank import COHORT, numbers_agree, truth, whole_bank

from safehaven.bank import Presented, present
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    MultipleChoice,
    Numeric,
    NumericTrap,
    Ordering,
    ShortText,
    SingleChoice,
)
from safehaven.bank.present import fill
from safehaven.render.feedback import feedback_lines
from safehaven.render.markup import plain_text
from safehaven.render.qti import DIFFERENCES, qti_package

KINDS = {
    "single": "single",
    "multiple": "multiple",
    "numeric": "numerical_question",
    "ordering": "ordering",
    "matching": "matching_question",
    "text": "short_answer_question",
}

#: The content of each element that the package uses, as ims_qtiasiv1p2p1.dtd of the QTI 1.2.1
#: specification declares it, without the parts that the package never holds.
CONTENT = {
    "questestinterop": "assessment",
    "assessment": "qtimetadata* section+",
    "qtimetadata": "qtimetadatafield+",
    "qtimetadatafield": "fieldlabel fieldentry",
    "fieldlabel": "",
    "fieldentry": "",
    "section": "item*",
    "item": "itemmetadata? presentation? resprocessing* itemfeedback*",
    "itemmetadata": "qtimetadata*",
    "presentation": "(material|response_lid|response_str)+",
    "material": "mattext+",
    "mattext": "",
    "response_lid": "material? render_choice",
    "response_str": "material? render_fib",
    "render_choice": "response_label*",
    "render_fib": "response_label*",
    "response_label": "material*",
    "resprocessing": "outcomes respcondition+",
    "outcomes": "decvar+",
    "decvar": "",
    "respcondition": "conditionvar setvar* displayfeedback*",
    "conditionvar": "(and|or|not|other|varequal|vargte|varlte)+",
    "and": "(and|or|not|varequal|vargte|varlte)+",
    "or": "(and|or|not|varequal|vargte|varlte)+",
    "not": "(and|or|not|varequal|vargte|varlte)",
    "other": "",
    "varequal": "",
    "vargte": "",
    "varlte": "",
    "setvar": "",
    "displayfeedback": "",
    "itemfeedback": "(flow_mat|material)+",
    "flow_mat": "(flow_mat|material)+",
}
NEEDED = {
    "assessment": {"ident"},
    "section": {"ident"},
    "item": {"ident"},
    "response_lid": {"ident"},
    "response_str": {"ident"},
    "response_label": {"ident"},
    "varequal": {"respident"},
    "vargte": {"respident"},
    "varlte": {"respident"},
    "displayfeedback": {"linkrefid"},
    "itemfeedback": {"ident"},
}


@pytest.fixture(scope="module")
def shown() -> list[Presented]:
    return [present(question, COHORT) for question in whole_bank()]


@pytest.fixture(scope="module")
def package(shown) -> bytes:
    points = {p.question.id: 1 + i % 4 / 2 for i, p in enumerate(shown)}
    advice = {p.question.objective: f"Reread: <{p.question.objective}> & more" for p in shown}
    return qti_package(shown, title="Final — 'test' & <more>", points=points, advice=advice)


@pytest.fixture(scope="module")
def found(package) -> dict[str, Read]:
    return read_qti(package)


def seen(presented: Presented, text: str) -> str:
    return plain_text(fill(text, presented.values))


def test_every_question_is_there_in_its_order(shown, found):
    assert list(found) == [p.question.id for p in shown]
    assert [read.kind for read in found.values()] == [KINDS[p.question.kind] for p in shown]


def test_points_are_those_asked_for_and_add_up(package, found):
    assert [read.points for read in found.values()][:5] == [1, 1.5, 2, 2.5, 1]
    (meta,) = [text for name, text in qti_documents(package).items() if "assessment_meta" in name]
    total = sum(read.points for read in found.values())
    assert f"<points_possible>{total:.1f}</points_possible>" in meta


def test_stems_and_explanations(shown, found):
    for presented in shown:
        read, question = found[presented.question.id], presented.question
        more = ""
        if isinstance(question, Numeric):
            more = f"\nUnit: {plain_text(question.unit)}"
        if isinstance(question, Ordering):
            more = f"\nChoose the item for each place from 1 to {len(question.items)}."
        assert read.stem == plain_text(presented.stem) + more
        assert read.why.split("\n")[0] == seen(presented, question.why)


def test_entries_and_keys(shown, found):
    for presented in shown:
        read, question = found[presented.question.id], presented.question
        right = truth(question, presented.values)
        if presented.order:
            assert read.entries == [plain_text(text) for text in presented.entries.values()]
        if isinstance(question, ShortText):
            assert {v.casefold() for v in question.accept} <= {v.casefold() for v in read.key}
            assert {bare(v) for v in read.key} == {bare(v) for v in question.accept}
        elif isinstance(question, Numeric):
            assert numbers_agree(read.key, right, within=1e-4), question.id
        else:
            assert read.key == right


def test_parts_of_a_matching_question_add_up_to_the_whole(shown, found):
    for presented in shown:
        if isinstance(presented.question, Matching | Ordering):
            shares = found[presented.question.id].shares
            assert len(set(shares.values())) == 1
            assert sum(shares.values()) == pytest.approx(100, abs=0.05)


def test_feedback(shown, found):
    for presented in shown:
        read, question = found[presented.question.id], presented.question
        advice = f"Reread: <{question.objective}> & more"
        lines = [
            f"{plain_text(about.rstrip('.'))}: {seen(presented, text)}"
            for _, about, text in feedback_lines(presented)
        ]
        match question:
            case ChoiceBase():
                assert read.feedback == {
                    plain_text(o.text): seen(presented, o.feedback)
                    for o in question.options
                    if o.feedback
                }
                assert read.wrong == advice
            case Ordering():
                assert read.wrong == f"{seen(presented, question.feedback)}\n{advice}"
            case Matching():
                assert read.feedback == {
                    plain_text(pair.left): seen(presented, pair.feedback) for pair in question.pairs
                }
                assert read.wrong == "\n".join([*lines[len(question.pairs) :], advice])
            case Numeric() | ShortText():
                assert read.wrong == "\n".join([*lines, advice])


def test_the_package_fits_the_content_models_of_qti_1_2(package):
    for element in qti_assessment(package).iter():
        name = element.tag.removeprefix(QTI)
        content = "".join(f"<{child.tag.removeprefix(QTI)}>" for child in element)
        model = re.sub(r"\w+", r"(?:<\g<0>>)", CONTENT[name]).replace(" ", "")
        assert re.fullmatch(model, content), (name, content)
        assert NEEDED.get(name, set()) <= set(element.attrib), name


def test_idents_are_used_once(package):
    assessment = qti_assessment(package)
    items = [item.get("ident") for item in assessment.iter(f"{QTI}item")]
    assert len(set(items)) == len(items)
    for item in assessment.iter(f"{QTI}item"):
        for parent in item.iter():
            idents = [child.get("ident") for child in parent if child.get("ident")]
            assert len(set(idents)) == len(idents)


def test_every_file_of_the_manifest_is_in_the_package(package):
    documents = qti_documents(package)
    manifest = ET.fromstring(documents["imsmanifest.xml"])
    named = {f.get("href") for f in manifest.iter() if f.tag.endswith("}file")}
    assert named | {"imsmanifest.xml"} == set(documents)
    assert "creativecommons.org/licenses/by/4.0" in documents["imsmanifest.xml"]


def test_the_title_is_shown_as_typed(package):
    assert qti_assessment(package)[0].get("title") == "Final — 'test' & <more>"


def test_the_readme_says_what_canvas_does_otherwise(package):
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        readme = opened.read("README.txt").decode()
    assert "288 questions, all of them" in readme
    assert all(text in readme for text in DIFFERENCES.values())


@pytest.mark.parametrize(
    "text",
    [
        "1. a) - b",
        "... so it goes",
        "* a) [*] star",
        "[ ] box",
        "= 3 +- 1",
        "It cost $5 to $10, \\SI{3}{m}",
        "He said \"so\" and 'no' -- and... --- never",
        "![image](x.png) and [a](b) <!-- no -->",
        "snake_case_name ~~x~~ H~2~O ^2^ | a | b |",
        "GROUP",
        "% no comment & &amp; <tag> &lt;",
        "Points: 5",
        "# no heading",
        "http://example.org {.class} : definition",
        "[^1]: a note",
    ],
)
def test_no_text_is_taken_for_a_mark(text):
    single, *_ = questions()
    options = [
        option.model_copy(update={"text": text if option.right else f"x {text}"})
        if option.right or i == 1
        else option
        for i, option in enumerate(single.options)
    ]
    changed = single.model_copy(update={"stem": text, "why": text, "options": options})
    read = read_qti(qti_package([present(changed, "x")], title=text))["L01.p01"]
    assert (read.stem, read.why, read.key) == (text, text, {text})
    assert f"x {text}" in read.entries


def test_numbers_at_zero_are_written_too():
    number = next(q for q in questions() if isinstance(q, Numeric))
    for answer, tolerance in ((0, 0.5), (2, 2), (-3, 3), (0, 0)):
        update = {
            "answer": answer,
            "formula": None,
            "parameters": {},
            "stem": "How many?",
            "tolerance": tolerance,
            "traps": [NumericTrap(answer=answer + 9, feedback="Too many.")],
        }
        presented = present(number.model_copy(update=update), "x")
        read = read_qti(qti_package([presented], title="Zero"))["L01.p03"]
        assert read.kind == "numerical_question"
        assert read.key == (answer, tolerance)
        assert read.wrong == f"{answer + 9}: Too many."


def test_a_paper_of_one_kind_can_be_packed():
    for question in questions():
        read = read_qti(qti_package([present(question, "x")], title="One"))
        assert list(read) == [question.id]


def test_the_small_bank_has_both_choices():
    kinds = {type(question) for question in questions()}
    assert {SingleChoice, MultipleChoice} <= kinds
