"""What an answer is worth."""

import inspect

import pytest

from safehaven.bank import scoring
from safehaven.bank.scoring import (
    lessons_to_begin_with,
    normalise,
    score_choice,
    score_matching,
    score_number,
    score_order,
    score_text,
)


@pytest.mark.parametrize(
    ("picked", "right", "worth"),
    [
        ("A", "A", 1),
        ("B", "A", 0),
        ("AB", "A", 0),
        ("", "A", 0),
        ("AC", "AC", 1),
        ("A", "AC", 0.5),
        ("AB", "AC", 0),
        ("ABC", "ACD", 1 / 3),
        ("BD", "AC", 0),
    ],
)
def test_a_wrong_pick_takes_back_a_right_one(picked: str, right: str, worth: float):
    assert score_choice(picked, right) == pytest.approx(worth)


@pytest.mark.parametrize(
    ("given", "worth"), [(10, 1), (10.5, 1), (9.5, 1), (10.51, 0), (float("nan"), 0)]
)
def test_the_ends_of_the_tolerance_are_right(given: float, worth: float):
    assert score_number(given, 10, 0.5) == worth


def test_a_rounding_error_is_no_mistake():
    assert score_number(0.1 + 0.2, 0.3, 0) == 1


@pytest.mark.parametrize(
    ("given", "worth"),
    [
        ("ABCD", 1),
        ("ABDC", 2 / 3),
        ("BADC", 1 / 3),
        ("BDAC", 0),
        ("DCBA", 0),
        ("ABC", 0),
        ("ABCC", 0),
        ("ABCDE", 0),
    ],
)
def test_an_order_is_worth_its_agreeing_pairs(given: str, worth: float):
    assert score_order(given, "ABCD") == pytest.approx(worth)


@pytest.mark.parametrize(
    ("given", "worth"),
    [
        ({"1": "A", "2": "B"}, 1),
        ({"1": "A", "2": "C"}, 0.5),
        ({"1": "B", "2": "A"}, 0),
        ({"3": "A"}, 0),
        ({}, 0),
    ],
)
def test_pairs_are_worth_the_share_that_is_right(given: dict, worth: float):
    assert score_matching(given, {"1": "A", "2": "B"}) == worth


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  Al-Qāʿida ", "al qaida"),
        ("al-Qa’ida", "al qaida"),
        ("al-Qa'ida", "al qaida"),
        ("Ḥaqqānī", "haqqani"),
        ("Mazār-i  Sharīf.", "mazar i sharif"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("…", ""),
    ],
)
def test_spelling_that_means_nothing_is_levelled(text: str, plain: str):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("given", "worth"),
    [("hindu kush", 1), ("HINDUKUSH", 1), ("Hindu-Kush.", 1), ("Hindu", 0), ("Kush Hindu", 0)],
)
def test_a_name_counts_in_each_spelling(given: str, worth: float):
    assert score_text(given, ["Hindu Kush", "Paropamisus"]) == worth


def test_each_function_works_away_from_its_module():
    """Their source is placed in notebooks, where only it can be relied on."""
    sources = "\n".join(
        inspect.getsource(function)
        for function in (normalise, *(f for n, f in vars(scoring).items() if n.startswith("score")))
    )
    names: dict = {}
    exec(sources, names)
    assert names["score_text"]("Kābul", ["Kabul"]) == 1
    assert names["score_order"]("AB", "AB") == 1


@pytest.mark.parametrize(
    ("results", "lessons"),
    [
        ([], []),
        ([(1, 1), (2, 0.6), (3, 0.59)], [3]),
        ([(9, 0), (1, 0), (1, 1)], [1, 9]),
        ([(6, 1), (6, 0.25), (7, 1)], []),
    ],
)
def test_a_lesson_with_too_little_on_average_comes_first(results: list, lessons: list[int]):
    assert lessons_to_begin_with(results, 0.6) == lessons
