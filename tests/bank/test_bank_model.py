"""What a question must satisfy by itself, kind by kind."""

import pytest
from pydantic import TypeAdapter, ValidationError

from safehaven.bank.formula import FormulaError, Parameter, corners, draw_values, evaluate
from safehaven.bank.model import Question

ADAPTER: TypeAdapter = TypeAdapter(Question)
COMMON = {
    "id": "L01.g02",
    "objective": "L01.1",
    "level": "apply",
    "stem": "How many?",
    "why": "So.",
    "source": [{"key": "atlas"}],
}
OPTIONS = [
    {"text": "a", "right": True},
    {"text": "b", "feedback": "no"},
    {"text": "c", "feedback": "no"},
]
NUMERIC = {
    "kind": "numeric",
    "answer": 4,
    "tolerance": 0,
    "unit": "rivers",
    "traps": [{"answer": 5, "feedback": "no"}],
}
ITEMS = [{"text": t, "fact": "1 m"} for t in "abc"]
PAIRS = [{"left": t, "right": t.upper(), "feedback": "no"} for t in "abc"]


def question(**fields) -> Question:
    return ADAPTER.validate_python(COMMON | fields)


def test_lesson_and_use_follow_from_the_id():
    one = question(kind="single", options=OPTIONS)
    assert (one.lesson, one.use) == (1, "graded")
    assert one.right_options == {0}
    assert question(kind="single", options=OPTIONS, id="L12.p01").use == "practice"


def test_a_question_cannot_be_changed():
    with pytest.raises(ValidationError):
        question(kind="single", options=OPTIONS).stem = "x"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "single", "options": OPTIONS[:2]}, "at least 3"),
        ({"kind": "single", "options": [OPTIONS[0], *OPTIONS]}, "stands there twice"),
        ({"kind": "single", "options": [OPTIONS[0], {"text": "d", "right": True}, OPTIONS[1]]},
         "here 2"),
        ({"kind": "multiple", "options": [*OPTIONS[1:], {"text": "d", "feedback": "no"}]},
         "needs a right option and a wrong one"),
        ({"kind": "multiple", "options": [{"text": t, "right": True} for t in "abc"]},
         "needs a right option and a wrong one"),
        (NUMERIC | {"formula": "2 * 2"}, "either an answer or a formula"),
        (NUMERIC | {"answer": None}, "either an answer or a formula"),
        (NUMERIC | {"traps": []}, "at least 1"),
        (NUMERIC | {"traps": [{"feedback": "no"}]}, "a trap has either"),
        (NUMERIC | {"tolerance": -1}, "greater than or equal to 0"),
        (NUMERIC | {"parameters": {"a": {"from": 1, "to": 2}}}, "parameters need a formula"),
        (NUMERIC | {"answer": None, "formula": "a", "parameters": {"a": {"from": 1, "to": 2}}},
         "does not show the parameter {a}"),
        (NUMERIC | {"answer": None, "formula": "1 / 0"}, "cannot be computed"),
        (NUMERIC | {"answer": None, "formula": "b"}, "'b', which is no parameter"),
        (NUMERIC | {"traps": [{"formula": "len(a)", "feedback": "no"}]}, "numbers, parameters"),
        ({"kind": "ordering", "items": ITEMS[:2], "feedback": "no"}, "at least 3"),
        ({"kind": "ordering", "items": [*ITEMS, ITEMS[0]], "feedback": "no"}, "same text"),
        ({"kind": "matching", "pairs": PAIRS[:2]}, "at least 3"),
        ({"kind": "matching", "pairs": [*PAIRS, PAIRS[0] | {"right": "D"}]}, "left side"),
        ({"kind": "matching", "pairs": PAIRS, "extra": [{"text": "A", "feedback": "no"}]},
         "right side"),
        ({"kind": "text", "accept": ["a"], "traps": [{"answers": [], "feedback": "no"}]},
         "at least 1"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_refused(fields: dict, words: str):
    with pytest.raises(ValidationError, match=words.replace("{", r"\{")):
        question(**fields)


# Formulas -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a * 100 / b", 25),
        ("(a + b) - -a", 60),
        ("b // 3", 13),
        ("a ** 2", 100),
        ("2.5", 2.5),
    ],
)
def test_arithmetic_is_computed(formula: str, value: float):
    assert evaluate(formula, {"a": 10, "b": 40}) == value


@pytest.mark.parametrize(
    "formula",
    ["", "a +", "c", "a / 0", "10.0 ** 1000", "abs(a)", "a if a else b", "'a'", "a < b", "a @ b",
     "(0 - a) ** 0.5", "__import__('os')", "a.real", "[a]"],
)  # fmt: skip
def test_anything_else_is_refused(formula: str):
    with pytest.raises(FormulaError):
        evaluate(formula, {"a": 10, "b": 40})


def test_a_parameter_runs_up_to_and_with_its_end():
    tenths = Parameter.model_validate({"from": 0.1, "to": 0.5, "step": 0.2})
    assert tenths.values() == [0.1, 0.3, 0.5]
    wholes = Parameter.model_validate({"from": 2, "to": 6, "step": 2})
    assert wholes.values() == [2, 4, 6]
    assert all(isinstance(value, int) for value in wholes.values())
    assert next(corners({"a": wholes})) == {"a": 2}


def test_a_parameter_has_a_value_to_draw():
    with pytest.raises(ValidationError, match="smaller"):
        Parameter.model_validate({"from": 3, "to": 2})
    with pytest.raises(ValidationError, match="greater than 0"):
        Parameter.model_validate({"from": 1, "to": 2, "step": 0})


def test_drawing_follows_its_seed():
    import random

    parameter = {"a": Parameter.model_validate({"from": 1, "to": 1000})}
    drawn = [draw_values(parameter, random.Random(seed))["a"] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
