"""Everything of a question is in the Moodle document, as a reader of its own finds it there."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET

import pytest
from geography import questions
from lms_readers import Read, bare, read_moodle
from whole_bank import COHORT, numbers_agree, truth, whole_bank

from safehaven.bank import Presented, present
from safehaven.bank.model import ChoiceBase, Matching, Numeric, Ordering, ShortText
from safehaven.bank.present import fill, trap_numbers
from safehaven.bank.scoring import normalise, score_choice, score_order
from safehaven.render.feedback import feedback_lines
from safehaven.render.markup import plain_text
from safehaven.render.moodle import DIFFERENCES, moodle_xml

KINDS = {
    "single": "single",
    "multiple": "multiple",
    "numeric": "numerical",
    "ordering": "ordering",
    "matching": "match",
    "text": "shortanswer",
}


@pytest.fixture(scope="module")
def shown() -> list[Presented]:
    return [present(question, COHORT) for question in whole_bank()]


@pytest.fixture(scope="module")
def document(shown) -> str:
    points = {p.question.id: 1 + i % 4 / 2 for i, p in enumerate(shown)}
    advice = {p.question.objective: f"Reread: <{p.question.objective}> & more" for p in shown}
    return moodle_xml(shown, category="Final test", points=points, advice=advice)


@pytest.fixture(scope="module")
def found(document) -> dict[str, Read]:
    return read_moodle(document)


def seen(presented: Presented, text: str) -> str:
    return plain_text(fill(text, presented.values))


def test_every_question_is_there_in_its_order(shown, found):
    assert list(found) == [p.question.id for p in shown]
    assert [read.kind for read in found.values()] == [KINDS[p.question.kind] for p in shown]


def test_points_are_those_asked_for(found):
    assert [read.points for read in found.values()][:5] == [1, 1.5, 2, 2.5, 1]


def test_stems_and_explanations(shown, found):
    for presented in shown:
        read, question = found[presented.question.id], presented.question
        unit = f"\nUnit: {plain_text(question.unit)}" if isinstance(question, Numeric) else ""
        assert read.stem == plain_text(presented.stem) + unit
        assert read.why.split("\n")[0] == seen(presented, question.why)
        if isinstance(question, Ordering):
            assert [line.split(". ", 1)[1] for line in read.why.split("\n")[1:]] == [
                plain_text(f"{item.text} ({item.fact})") for item in question.items
            ]


def test_entries_and_keys(shown, found):
    for presented in shown:
        read, question = found[presented.question.id], presented.question
        right = truth(question, presented.values)
        if isinstance(question, ChoiceBase):
            assert read.entries == [plain_text(text) for text in presented.entries.values()]
        if isinstance(question, Matching):
            assert sorted(read.entries) == sorted(map(plain_text, question.right_side))
        if isinstance(question, ShortText):
            assert {v.casefold() for v in question.accept} <= {v.casefold() for v in read.key}
            assert {bare(v) for v in read.key} == {bare(v) for v in question.accept}
        elif isinstance(question, Numeric):
            assert numbers_agree(read.key, right)
        else:
            assert read.key == right


def test_feedback(shown, found):
    for presented in shown:
        read, question = found[presented.question.id], presented.question
        advice = f"Reread: <{question.objective}> & more"
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
                lines = [
                    f"{plain_text(about.rstrip('.'))}: {seen(presented, text)}"
                    for _, about, text in feedback_lines(presented)
                ]
                assert read.wrong == "\n".join([*lines, advice])
            case Numeric():
                numbers = trap_numbers(question, presented.values)
                for trap, number in zip(question.traps, numbers, strict=True):
                    assert f"{seen(presented, trap.feedback)}\n{advice}" in [
                        text
                        for answer, text in read.feedback.items()
                        if answer != "*" and abs(float(answer) - number) < 1e-8
                    ]
                assert read.feedback["*"] == advice
            case ShortText():
                given = {answer.casefold(): text for answer, text in read.feedback.items()}
                for trap in question.traps:
                    for answer in trap.answers:
                        shown_text = f"{seen(presented, trap.feedback)}\n{advice}"
                        assert given[answer.casefold()] == shown_text
                assert read.feedback["*"] == advice


def test_choices_score_as_in_the_course(shown, found):
    for presented in shown:
        if not isinstance(presented.question, ChoiceBase):
            continue
        read = found[presented.question.id]
        for size in range(1, 4 if read.kind == "multiple" else 2):
            for picked in itertools.combinations(read.entries, size):
                moodle = max(0, sum(read.shares[text] for text in picked)) / 100
                assert moodle == pytest.approx(score_choice(picked, read.key), abs=1e-5)


def test_fractions_are_among_those_moodle_knows(found):
    known = {100, 50, 33.33333, 25, 20, 16.66667, 14.28571, 12.5, 0}
    for read in found.values():
        if read.kind in ("single", "multiple"):
            assert {abs(share) for share in read.shares.values()} <= known


def test_an_order_gets_what_the_difference_says():
    assert "share of pairs" in DIFFERENCES["ordering"]
    right = list("ABCD")
    for given in itertools.permutations(right):
        agreeing = sum(given.index(a) < given.index(b) for a, b in itertools.combinations(right, 2))
        assert score_order(given, right) == pytest.approx(max(0, 2 * agreeing / 6 - 1))


def test_differences_stand_at_the_head_of_the_document(document):
    head = document.split("<question", 1)[0]
    assert all(text in head for text in DIFFERENCES.values())


def test_marks_strokes_and_stars_are_shown_as_typed():
    single, *_, text = [present(question, "x") for question in questions()]
    starred = text.question.model_copy(update={"accept": ["A*B"]})
    document = moodle_xml([single, present(starred, "x")], category="a/b")
    root = ET.fromstring(document.encode())
    assert root.findtext("question/category/text") == "$course$/top/a//b"
    read = read_moodle(document)
    assert "The Kabul River" in read["L01.p01"].key
    assert "The <b>Hari</b> River" in read["L01.p01"].entries
    assert r"A\*B" in read["L01.p06"].entries


def test_each_spelling_of_a_name_is_one_that_the_course_accepts(shown, found):
    for presented in shown:
        if isinstance(presented.question, ShortText):
            accepted = {normalise(v).replace(" ", "") for v in presented.question.accept}
            for spelling in found[presented.question.id].key:
                assert normalise(spelling).replace(" ", "") in accepted
