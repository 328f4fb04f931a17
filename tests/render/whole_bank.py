"""The whole bank, and what is right in each question, from its own fields alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from safehaven.bank import Question, load_bank
from safehaven.bank.model import ChoiceBase, Matching, Numeric, Ordering
from safehaven.folders import find_course
from safehaven.render.markup import plain_text

COHORT = "2027-spring"


@cache
def whole_bank() -> tuple[Question, ...]:
    """Every question of the course."""
    return tuple(load_bank(find_course(Path(__file__))))


def truth(question: Question, values: dict[str, float]) -> object:
    """The right answer in words, as the readers give it; a number with its tolerance."""
    match question:
        case ChoiceBase():
            return {plain_text(option.text) for option in question.options if option.right}
        case Ordering():
            return [plain_text(item.text) for item in question.items]
        case Matching():
            return {plain_text(pair.left): plain_text(pair.right) for pair in question.pairs}
        case Numeric():
            key = question.answer
            if question.formula is not None:
                key = eval(question.formula, {"__builtins__": {}}, dict(values))
            return (float(key), question.tolerance)
        case _:
            return set(question.accept)


def numbers_agree(read: object, right: object, within: float = 1e-8) -> bool:
    """Whether two (number, tolerance) say the same."""
    return all(abs(a - b) <= within for a, b in zip(read, right, strict=True))
