"""A question under a seed."""

import pytest
from pydantic import TypeAdapter

from safehaven.bank import present
from safehaven.bank.model import Question
from safehaven.bank.present import entry_texts, fill, numeric_key, trap_numbers

COMMON = {
    "id": "L01.p01",
    "objective": "L01.1",
    "level": "apply",
    "stem": "What?",
    "why": "So.",
    "source": [{"key": "atlas"}],
}


def question(**fields) -> Question:
    return TypeAdapter(Question).validate_python(COMMON | fields)


CHOICE = {
    "kind": "multiple",
    "options": [{"text": t, "right": t in "ab", "feedback": "no"} for t in "abcde"],
}
ORDERING = question(kind="ordering", items=[{"text": t, "fact": t} for t in "abc"], feedback="no")
MATCHING = question(
    kind="matching",
    pairs=[{"left": t, "right": t.upper(), "feedback": "no"} for t in "abc"],
    extra=[{"text": "D", "feedback": "no"}],
)
NUMERIC = question(
    kind="numeric",
    stem="{a} of {b}?",
    formula="a * 100 / b",
    parameters={"a": {"from": 2, "to": 9}, "b": {"from": 1000, "to": 6000, "step": 10}},
    tolerance=0.5,
    unit="%",
    traps=[{"formula": "a / b", "feedback": "no"}, {"answer": 0, "feedback": "no"}],
)
TEXT = question(kind="text", accept=["x", "y"], traps=[{"answers": ["z"], "feedback": "no"}])


@pytest.mark.parametrize("shown", [question(**CHOICE), ORDERING, MATCHING, NUMERIC, TEXT])
def test_the_same_seed_gives_the_same_paper(shown: Question):
    assert present(shown, "course") == present(shown, "course")
    assert present(shown, 1).key is not None


def test_this_paper_is_the_same_on_every_machine():
    assert present(question(**CHOICE), "course").order == (1, 3, 2, 4, 0)
    assert present(NUMERIC, "course").stem == "2 of 1,150?"


@pytest.mark.parametrize("seed", range(30))
def test_letters_follow_the_entries(seed: int):
    choice = present(question(**CHOICE), seed)
    assert {choice.entries[letter] for letter in choice.key} == {"a", "b"}
    assert sorted(choice.entries.values()) == list("abcde")
    ordering = present(ORDERING, seed)
    assert [ordering.entries[letter] for letter in ordering.key] == ["a", "b", "c"]
    assert list(ordering.entries.values()) != ["a", "b", "c"], "an order must not come solved"
    matching = present(MATCHING, seed)
    assert {left: matching.entries[letter] for left, letter in matching.key.items()} == {
        "1": "A",
        "2": "B",
        "3": "C",
    }
    assert set(matching.entries.values()) == set("ABCD")


def test_every_order_comes_up():
    assert len({present(question(**CHOICE), seed).order for seed in range(2000)}) == 120
    assert len({present(ORDERING, seed).order for seed in range(200)}) == 5


def test_a_natural_order_is_kept():
    kept = question(**CHOICE, natural_order=True)
    assert {present(kept, seed).order for seed in range(20)} == {(0, 1, 2, 3, 4)}


@pytest.mark.parametrize("seed", range(10))
def test_numbers_stand_in_the_stem_and_make_the_key(seed: int):
    shown = present(NUMERIC, seed)
    a, b = shown.values["a"], shown.values["b"]
    assert shown.stem == f"{a} of {b:,}?"
    assert shown.key == numeric_key(NUMERIC, shown.values) == pytest.approx(a * 100 / b)
    assert trap_numbers(NUMERIC, shown.values) == pytest.approx([a / b, 0])


def test_a_text_has_its_variants_and_no_entries():
    shown = present(TEXT, 1)
    assert (shown.key, shown.entries, entry_texts(TEXT)) == (("x", "y"), {}, [])


def test_only_named_parameters_are_filled_in():
    assert fill("{a} {b} {{c}}", {"a": 1234.5}) == "1,234.5 {b} {{c}}"


def test_a_year_is_written_without_a_comma():
    assert fill("In {y:d}, {n} people.", {"y": 1974, "n": 1200}) == "In 1974, 1,200 people."
