"""Each rule of the lint, with an example that breaks it and one that does not."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from safehaven.bank import Bank, Located, lint
from safehaven.bank.model import BankFile
from safehaven.bank.report import summary
from safehaven.spelling import misspelt


def single(number: int, use: str = "practice", **changes) -> dict:
    options = changes.pop("options", ["Kabul", "Herat", "Mazar", "Ghazni"])
    right = changes.pop("right", 0)
    return {
        "id": f"L01.{use[0]}{number:02d}",
        "kind": "single",
        "objective": "L01.1",
        "level": "apply",
        "stem": f"Which place is {sha256(bytes([number])).hexdigest()}?",
        "options": [
            {"text": text, "right": True} if i == right else {"text": text, "feedback": "No."}
            for i, text in enumerate(options)
        ],
        "why": "It was so.",
        "source": [{"key": "work"}],
        **changes,
    }


def bank_of(*questions: dict) -> Bank:
    located = []
    for use in ("practice", "graded"):
        chosen = [q for q in questions if q["id"][4] == use[0]]
        if chosen:
            file = BankFile.model_validate({"lesson": 1, "use": use, "questions": chosen})
            located += [
                Located(question, Path(f"assessments/{use}/01-x.yaml"), line)
                for line, question in enumerate(file.questions, start=1)
            ]
    return Bank(tuple(located))


CONTEXT = lint.Context(objectives={1: {"L01.1"}}, works=frozenset({"work"}), misspelt=misspelt)


def said(rule: lint.Rule, *questions: dict, context: lint.Context = CONTEXT) -> list[str]:
    return [str(error) for error in rule(bank_of(*questions), context)]


def many(**changes) -> list[dict]:
    return [single(n, **changes) for n in range(1, lint.ENOUGH + 1)]


def test_a_good_bank_breaks_no_rule():
    lengths = [
        ["Kabul", "Herat", "Mazar city", "Ur"][i:] + ["Kabul", "Herat", "Mazar city", "Ur"][:i]
        for i in range(4)
    ]
    questions = [single(n, options=lengths[n % 4]) for n in range(1, 13)]
    assert lint.check(bank_of(*questions), CONTEXT) == []


@pytest.mark.parametrize(
    ("rule", "changes", "words"),
    [
        (lint.known_objectives, {"objective": "L01.9"}, "no objective L01.9"),
        (lint.known_works, {"source": [{"key": "nobody"}]}, "no work 'nobody'"),
        (lint.complete_stems, {"stem": "The capital is"}, "no complete sentence"),
        (lint.no_article_clue, {"stem": "This kind of city is an:"}, "'a' or 'an'"),
        (lint.even_options, {"options": ["A" * 90, "B", "C", "D"]}, "90 letters"),
        (lint.no_absolutes, {"options": ["Kabul", "It was always so", "C", "D"]}, "'always'"),
        (lint.no_absolutes, {"options": ["Kabul", "None of the above", "C", "D"]}, "above"),
        (lint.negative_stems, {"stem": "Which city is not the capital?"}, "not in bold"),
        (
            lint.no_cue_words,
            {"stem": "Who led the insurgency?", "options": ["An insurgency", "B", "C", "D"]},
            "'insurgency'",
        ),
        (lint.spelling, {"why": "It ocurred there."}, "'ocurred'"),
    ],
)
def test_one_question_breaks_the_rule(rule, changes, words):
    found = said(rule, single(1, **changes))
    assert len(found) == 1
    assert words in found[0]
    assert "01-x.yaml:1: " in found[0]
    assert "Remedy: " in found[0]
    assert said(rule, single(1)) == []


@pytest.mark.parametrize(
    ("rule", "changes", "words"),
    [
        (lint.above_recall, {"level": "recall"}, "0%"),
        (lint.key_not_told_by_length, {"options": ["Long enough", "B", "C", "D"]}, "longest"),
        (lint.key_not_told_by_length, {"options": ["A", "Bb", "Cc", "Dd"]}, "shortest"),
        (lint.negative_stems, {"stem": "Which of them is **not** so?"}, "are negative"),
    ],
)
def test_a_share_of_the_bank_breaks_the_rule(rule, changes, words):
    assert any(words in line for line in said(rule, *many(**changes)))


def test_every_objective_is_practised_and_assessed():
    context = lint.Context(objectives={1: {"L01.1", "L01.2"}})
    found = said(lint.covered_objectives, single(1), single(1, "graded"), context=context)
    assert ["no practice question for L01.2" in line for line in found] == [True, False]


def test_stems_that_ask_the_same_are_found():
    first = single(1, stem="In which year did the movement take the capital?")
    second = single(2, stem="In which year did the movement take the capital city?")
    assert "asks nearly the same as L01.p01" in said(lint.near_duplicates, first, second)[0]


def test_two_orderings_of_other_things_are_no_duplicates():
    def ordering(number, items):
        question = single(number, stem="Put these events in order, earliest first.")
        del question["options"]
        items = [{"text": text, "fact": "a year"} for text in items]
        return {**question, "kind": "ordering", "items": items, "feedback": "See the table."}

    first = ordering(1, ["The fall of Kabul", "The Doha agreement", "The surge"])
    second = ordering(2, ["A letter from Gadahn", "An oath to Mansour", "A split in Iraq"])
    assert said(lint.near_duplicates, first, second) == []


NAMES = ["Jalaluddin Haqqani", "Bbbbbbbbbb", "Cccccccccc", "Dddddddddd"]


@pytest.mark.parametrize("use", ["practice", "graded"])
def test_an_answer_that_another_question_shows_is_found(use):
    key = single(1, use, options=NAMES)
    cue = single(2, use, stem="What did Jalaluddin Haqqani found?")
    (found,) = said(lint.no_cueing, key, cue)
    assert f"L01.{use[0]}02: what it shows holds 'jalaluddin haqqani'" in found
    other = {"practice": "graded", "graded": "practice"}[use]
    assert said(lint.no_cueing, single(1, other, options=NAMES), cue) == []


def test_an_answer_on_the_left_of_a_matching_is_found():
    name = single(1)
    del name["options"]
    name |= {"kind": "text", "accept": ["Zabul"], "traps": [{"answers": ["x"], "feedback": "No."}]}
    pairs = [{"left": text, "right": text[::-1], "feedback": "No."} for text in NAMES[1:]]
    matching = single(2, kind="matching", pairs=pairs)
    del matching["options"]
    assert said(lint.no_cueing, name, matching) == []
    pairs[0]["left"] = "A house in Zabul"
    assert "'zabul', the answer to L01.p01" in said(lint.no_cueing, name, matching)[0]


def test_keys_at_one_place_are_found():
    at_the_first = many_kept_in_order(places=1)
    (*_, found) = said(lint.keys_spread, *at_the_first)
    assert "the key stands at D" in found
    assert len(said(lint.keys_spread, *at_the_first)) == 4
    assert said(lint.keys_spread, *many_kept_in_order(places=4)) == []
    assert said(lint.keys_spread, *at_the_first[: lint.ENOUGH_KEYS - 1]) == []


def many_kept_in_order(places: int) -> list[dict]:
    numbers = range(1, lint.ENOUGH_KEYS + 1)
    return [single(n, natural_order=True, right=n % places) for n in numbers]


def table(*questions: dict) -> str:
    bank = bank_of(*questions)
    return "\n".join(summary(bank, lint.breaches(bank, CONTEXT)))


def test_the_table_counts_what_is_there():
    text = table(single(1), single(2, level="recall"), single(3, "graded"))
    assert "3 questions" in text
    for name, count in (
        ("use", "graded 1, practice 2"),
        ("levels", "apply 2, recall 1"),
        ("above recall", "67%"),
        ("key the longest of four", "0%"),
        ("wrong options with feedback", "9 of 9"),
        ("negative stems", "0"),
        ("near-duplicate stems", "0"),
        ("unknown citations", "0"),
        ("other breaches of a rule", "0"),
    ):
        assert f"  {name:<29} {count}\n" in f"{text}\n"


def test_the_table_counts_what_breaks_a_rule():
    text = table(
        single(1, options=NAMES),
        single(2, stem="What did Jalaluddin Haqqani found?", objective="L01.9"),
        single(3, stem="What did Jalaluddin Haqqani find?", source=[{"key": "nobody"}]),
        single(4, why="It ocurred there.", stem="Which city is not the capital?"),
        single(5, stem="The capital is"),
    )
    for name, count in (
        ("negative stems", 1),
        ("near-duplicate stems", 1),
        ("answers shown elsewhere", 2),
        ("misspelt words", 1),
        ("unknown objectives", 1),
        ("unknown citations", 1),
        ("other breaches of a rule", 2),
    ):
        assert f"  {name:<29} {count}\n" in f"{text}\n"


def test_the_table_of_an_empty_bank():
    assert table() == "0 questions"


def test_every_rule_of_the_bank_has_a_name_of_its_own():
    names = [rule.__name__ for rule in lint.RULES]
    assert list(lint.breaches(Bank(), CONTEXT)) == names
    assert len(set(names)) == len(names)
