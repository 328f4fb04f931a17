"""All targets agree on the key of every question of the bank.

What each target holds for right is read from what it writes, brought back from its letters to
the words that stand beside them, and compared with the bank's own fields.

The Anki deck holds the practice questions alone, and the book shows no others: graded ones would
be given away. The paper is printed here from the graded questions, its key and variants A to D.
The renderer of the page, the notebook, QTI and Moodle are given every question.
"""

from __future__ import annotations

import ast
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lms_readers import bare, read_moodle, read_qti
from printed_readers import (
    also_accepted,
    anki_key,
    key_rows,
    lines_of,
    paper_key,
    read_anki,
    sheets,
    without_spaces,
)
from whole_bank import numbers_agree, truth, whole_bank

from safehaven.bank import Question, present
from safehaven.bank.model import Numeric, ShortText, Use
from safehaven.bank.scoring import score_number
from safehaven.render.anki import DeckLesson, write_anki
from safehaven.render.markup import plain_text
from safehaven.render.moodle import moodle_xml
from safehaven.render.notebook import quiz_notebook
from safehaven.render.page import PAGE_SEED, quiz_html
from safehaven.render.paper import write_paper
from safehaven.render.qti import qti_package

#: The page has one seed; with it, all targets show the same numbers. The other is of a class.
SEEDS = (PAGE_SEED, "final/2027-spring")


def page_keys() -> dict[str, object]:
    html = quiz_html(whole_bank(), lesson=1, cite=lambda _: "")
    return {
        data["id"]: _page_key(form, data)
        for form in ET.fromstring(html).iter("form")
        for data in [json.loads(form.get("data-quiz", ""))]
    }


def _page_key(form: ET.Element, data: dict) -> object:
    right = data["right"]
    rows = {
        control.get("name"): _shown(row.find("label"))
        for row in form.iter("div")
        if row.get("class") == "quiz-row"
        for control in row.iter("select")
    }
    match data["kind"]:
        case "single" | "multiple":
            options = {
                label.find("input").get("value"): _shown(label.find("span"))
                for label in form.iter("label")
                if label.get("class") == "quiz-option"
            }
            return {options[letter] for letter in right}
        case "ordering":
            return [rows[letter] for letter in right]
        case "matching":
            entries = dict(
                _shown(entry).split(" ", 1)
                for listed in form.iter("ul")
                if listed.get("class") == "quiz-entries"
                for entry in listed
            )
            return {rows[number]: entries[letter] for number, letter in right.items()}
        case "numeric":
            return (right, data["tolerance"])
        case _:
            return set(right)


def _shown(element: ET.Element) -> str:
    return "".join(element.itertext())


def notebook_keys(seed: str) -> dict[str, object]:
    notebook = quiz_notebook(whole_bank(), title="All", seed=seed)
    cells = {cell.id: cell.source for cell in notebook.cells}
    return {
        question.id: _notebook_key(question, cells[f"{name}-text"], cells[f"{name}-points"])
        for question in whole_bank()
        for name in [question.id.replace(".", "-")]
    }


def _notebook_key(question: Question, text: str, test: str) -> object:
    hidden = test.split("### BEGIN HIDDEN TESTS")[1]
    values = {
        name: ast.literal_eval(value)
        for name, value in re.findall(r"^(right|tolerance) = (.*)$", hidden, re.M)
    }
    right = values["right"]
    entries = {
        letter: _unmarked(entry)
        for letter, entry in re.findall(r"^- \*\*(\w)\*\* – (.*)$", text, re.M)
    }
    match question.kind:
        case "single" | "multiple":
            return {entries[letter] for letter in right}
        case "ordering":
            return [entries[letter] for letter in right]
        case "matching":
            lefts = dict(re.findall(r"^(\d+)\. (.*)$", text, re.M))
            return {_unmarked(lefts[n]): entries[letter] for n, letter in right.items()}
        case "numeric":
            return (right, values["tolerance"])
        case _:
            return set(right)


def _unmarked(markdown: str) -> str:
    """What a reader sees of a line of Markdown: marks gone, escaped characters kept."""
    return re.sub(r"\\(.)|[*`]", lambda mark: mark[1] or "", markdown)


def moodle_keys(seed: str) -> dict[str, object]:
    shown = [present(question, seed) for question in whole_bank()]
    return {name: read.key for name, read in read_moodle(moodle_xml(shown, category="x")).items()}


def qti_keys(seed: str) -> dict[str, object]:
    shown = [present(question, seed) for question in whole_bank()]
    return {name: read.key for name, read in read_qti(qti_package(shown, title="x")).items()}


def bank_of(use: Use) -> list[Question]:
    return [question for question in whole_bank() if question.use == use]


def anki_keys(apkg: Path) -> dict[str, object]:
    """Of the practice questions, under the seed of the page, which is the deck's."""
    lesson = DeckLesson(1, "All", "All", "", {}, bank_of("practice"))
    write_anki(apkg, course="x", about="", lessons=[lesson], terms=[], cite=lambda _: "")
    notes = read_anki(apkg)
    assert set(notes) == {question.id for question in lesson.questions}
    return {
        question.id: anki_key(question, *notes[question.id][1:3]) for question in lesson.questions
    }


VARIANTS = "ABCD"


def paper_keys(folder: Path, cohort: str) -> dict[str, dict[str, object]]:
    """Of the graded questions, for each variant."""
    questions = bank_of("graded")
    papers = write_paper(
        questions, title="All", cohort=cohort, variants=VARIANTS, points={}, target=folder
    )
    key = lines_of(papers.key)
    rows, also = key_rows(key, questions, len(VARIANTS)), also_accepted(key)
    found: dict[str, dict[str, object]] = {}
    for column, (variant, quiz) in enumerate(zip(VARIANTS, papers.quizzes, strict=True)):
        stems = [plain_text(present(q, f"{cohort}/{variant}").stem) for q in questions]
        found[variant] = {
            question.id: paper_key(question, row[column], *sheet, also.get(question.id, set()))
            for question, row, sheet in zip(
                questions, rows, sheets(lines_of(quiz), stems), strict=True
            )
        }
    return found


def agrees(question: Question, key: object, right: object) -> bool:
    """Whether a target's key is the bank's; Canvas has four decimals of a number."""
    if isinstance(question, Numeric):
        return numbers_agree(key, right, within=1e-4)
    if isinstance(question, ShortText):
        return {bare(variant) for variant in key} == {bare(variant) for variant in right}
    return key == right


def agrees_in_print(question: Question, key: object, right: object) -> bool:
    """The same for what is printed: a number is rounded, and would itself be taken for right."""
    if isinstance(question, Numeric):
        number, tolerance = key if isinstance(key, tuple) else (key, right[1])
        rounded = abs(number - right[0]) <= 0.5 * 10**-question.decimals + 1e-9
        return rounded and tolerance == right[1] and score_number(number, *right) == 1
    if isinstance(question, ShortText):
        return agrees(question, key, right)
    return without_spaces(key) == without_spaces(right)


@dataclass(frozen=True)
class Target:
    """What one target holds for right, for which questions and under which seed."""

    name: str
    keys: dict[str, object]
    seed: str
    questions: Sequence[Question]
    agrees: Callable[[Question, object, object], bool] = agrees


def all_targets(folder: Path) -> list[Target]:
    every, practice, graded = whole_bank(), bank_of("practice"), bank_of("graded")
    cohort = "2027-spring"
    deck = anki_keys(folder / "deck.apkg")
    return [
        Target("page", page_keys(), PAGE_SEED, every),
        *(Target("notebook", notebook_keys(seed), seed, every) for seed in SEEDS),
        *(Target("qti", qti_keys(seed), seed, every) for seed in SEEDS),
        *(Target("moodle", moodle_keys(seed), seed, every) for seed in SEEDS),
        Target("anki", deck, PAGE_SEED, practice, agrees_in_print),
        *(
            Target(f"paper {variant}", keys, f"{cohort}/{variant}", graded, agrees_in_print)
            for variant, keys in paper_keys(folder, cohort).items()
        ),
    ]


def test_all_targets_agree_on_the_key_of_every_question(tmp_path):
    targets = all_targets(tmp_path)
    disagree = [
        f"{question.id}: {target.name} has {target.keys[question.id]}, the bank {right}"
        for target in targets
        for question in target.questions
        for right in [truth(question, present(question, target.seed).values)]
        if not target.agrees(question, target.keys[question.id], right)
    ]
    assert disagree == []
    for target in targets:
        assert set(target.keys) == {question.id for question in target.questions}, target.name
    assert {len(target.questions) for target in targets} == {288, 144}


def test_a_target_that_differs_is_noticed():
    single = next(q for q in whole_bank() if q.kind == "single")
    number = next(q for q in whole_bank() if q.kind == "numeric" and q.answer is not None)
    name = next(q for q in whole_bank() if q.kind == "text")
    assert not agrees(single, {single.options[-1].text, single.options[0].text}, truth(single, {}))
    assert not agrees(number, (number.answer + 1, number.tolerance), truth(number, {}))
    assert not agrees(name, {*name.accept, "another"}, truth(name, {}))


def test_a_printed_key_that_differs_is_noticed():
    kinds = {q.kind: q for q in whole_bank()}
    right = {kind: truth(question, {}) for kind, question in kinds.items() if kind != "numeric"}
    entries = {"A": "first", "B": "second", "C": "third"}
    for kind, written in (("single", "B"), ("multiple", "A, B"), ("ordering", "B A C")):
        key = paper_key(kinds[kind], written, entries, [], set())
        assert not agrees_in_print(kinds[kind], key, right[kind])
    swapped = dict(zip(right["matching"], list(right["matching"].values())[::-1], strict=True))
    assert not agrees_in_print(kinds["matching"], swapped, right["matching"])
    assert not agrees_in_print(kinds["text"], {"another"}, right["text"])
    number = next(q for q in whole_bank() if q.kind == "numeric" and q.answer is not None)
    for wrong in ((number.answer + 1, number.tolerance), (number.answer, number.tolerance + 1)):
        assert not agrees_in_print(number, wrong, truth(number, {}))
