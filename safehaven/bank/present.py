"""A question as one reader or one class sees it: numbers drawn, options in an order.

Everything follows from the question and a seed, so that a paper can be made again.
"""

from __future__ import annotations

import random
import string
from collections.abc import Mapping
from dataclasses import dataclass

from safehaven.bank.formula import draw_values, evaluate
from safehaven.bank.model import (
    ChoiceBase,
    Matching,
    Numeric,
    Ordering,
    Question,
    ShortText,
)

#: What a student writes for an answer; see `Presented.key`.
Key = frozenset[str] | float | tuple[str, ...] | dict[str, str]


@dataclass(frozen=True)
class Presented:
    """One question with its parameters drawn and its entries in the order of a seed.

    Attributes:
        question: the question as the bank has it.
        stem: the stem with the drawn numbers in it.
        order: positions, in the bank's question, of the entries in the order shown: options,
            items, or the right side of a matching question; empty for numeric and text.
        values: the drawn parameters of a numeric question.
    """

    question: Question
    stem: str
    order: tuple[int, ...]
    values: Mapping[str, float]

    @property
    def letters(self) -> dict[str, int]:
        """The letter of each entry as shown, and its position in the bank's question."""
        return dict(zip(string.ascii_uppercase, self.order, strict=False))

    @property
    def entries(self) -> dict[str, str]:
        """The text of each entry under its letter."""
        texts = entry_texts(self.question)
        return {letter: texts[position] for letter, position in self.letters.items()}

    @property
    def key(self) -> Key:
        """The right answer: letters for choices, orders and matchings, else a value.

        single and multiple: frozenset of letters; ordering: tuple of letters; matching: dict
        of the left side's number, from '1', to a letter; numeric: float; text: the variants.
        """
        letter_of = {position: letter for letter, position in self.letters.items()}
        match self.question:
            case ChoiceBase() as question:
                return frozenset(letter_of[i] for i in question.right_options)
            case Ordering() as question:
                return tuple(letter_of[i] for i in range(len(question.items)))
            case Matching() as question:
                return {str(i + 1): letter_of[i] for i in range(len(question.pairs))}
            case Numeric() as question:
                return numeric_key(question, self.values)
            case ShortText() as question:
                return tuple(question.accept)


def entry_texts(question: Question) -> list[str]:
    """The texts that are shown in some order: options, items or the right side."""
    match question:
        case ChoiceBase():
            return [option.text for option in question.options]
        case Ordering():
            return [item.text for item in question.items]
        case Matching():
            return question.right_side
        case _:
            return []


def numeric_key(question: Numeric, values: Mapping[str, float]) -> float:
    """The right number of a numeric question for the drawn values, unrounded."""
    if question.formula is None:
        assert question.answer is not None  # the model holds one of the two
        return question.answer
    return evaluate(question.formula, values)


def trap_numbers(question: Numeric, values: Mapping[str, float]) -> list[float]:
    """The wrong numbers that have feedback of their own, in the order of the traps."""
    return [
        evaluate(trap.formula, values) if trap.formula is not None else float(trap.answer or 0)
        for trap in question.traps
    ]


def present(question: Question, seed: int | str) -> Presented:
    """Show a question under a seed; the same seed gives the same paper on every machine."""
    rng = random.Random(f"{seed}/{question.id}")
    values: dict[str, float] = {}
    stem = question.stem
    if isinstance(question, Numeric) and question.parameters:
        values = draw_values(question.parameters, rng)
        stem = fill(stem, values)
    return Presented(question, stem, _order(question, rng), values)


def fill(text: str, values: Mapping[str, float]) -> str:
    """Put the drawn numbers where `{name}` stands, with a comma for thousands.

    Where `{name:d}` stands, they come without one, as a year is written.
    """
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", f"{value:,}").replace(f"{{{name}:d}}", f"{value:.0f}")
    return text


def _order(question: Question, rng: random.Random) -> tuple[int, ...]:
    order = list(range(len(entry_texts(question))))
    if isinstance(question, ChoiceBase) and question.natural_order:
        return tuple(order)
    rng.shuffle(order)
    if isinstance(question, Ordering) and order == sorted(order):
        order.reverse()  # an ordering must not come solved
    return tuple(order)
