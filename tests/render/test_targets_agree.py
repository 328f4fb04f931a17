"""All targets agree on the key of every question of the bank.

What each target holds for right is read from what it writes, brought back from its letters to
the words that stand beside them, and compared with the bank's own fields.
"""

from __future__ import annotations

import ast
import json
import re
import xml.etree.ElementTree as ET

import pytest
from lms_readers import bare, read_moodle, read_qti
from whole_bank import numbers_agree, truth, whole_bank

from safehaven.bank import Question, present
from safehaven.bank.model import Numeric, ShortText
from safehaven.render.moodle import moodle_xml
from safehaven.render.notebook import quiz_notebook
from safehaven.render.page import PAGE_SEED, quiz_html
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


def agrees(question: Question, key: object, right: object) -> bool:
    """Whether a target's key is the bank's; Canvas has four decimals of a number."""
    if isinstance(question, Numeric):
        return numbers_agree(key, right, within=1e-4)
    if isinstance(question, ShortText):
        return {bare(variant) for variant in key} == {bare(variant) for variant in right}
    return key == right


@pytest.mark.parametrize("seed", SEEDS)
def test_all_targets_agree_on_the_key_of_every_question(seed):
    targets = {
        "notebook": notebook_keys(seed),
        "moodle": moodle_keys(seed),
        "qti": qti_keys(seed),
    }
    if seed == PAGE_SEED:
        targets["page"] = page_keys()
    disagree = [
        f"{question.id}: {target} has {keys[question.id]}, the bank {right}"
        for question in whole_bank()
        for right in [truth(question, present(question, seed).values)]
        for target, keys in targets.items()
        if not agrees(question, keys[question.id], right)
    ]
    assert disagree == []
    for keys in targets.values():
        assert len(keys) == len(whole_bank()) >= 288


def test_a_target_that_differs_is_noticed():
    single = next(q for q in whole_bank() if q.kind == "single")
    number = next(q for q in whole_bank() if q.kind == "numeric" and q.answer is not None)
    name = next(q for q in whole_bank() if q.kind == "text")
    assert not agrees(single, {single.options[-1].text, single.options[0].text}, truth(single, {}))
    assert not agrees(number, (number.answer + 1, number.tolerance), truth(number, {}))
    assert not agrees(name, {*name.accept, "another"}, truth(name, {}))
