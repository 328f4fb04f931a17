"""What a bank holds, in numbers that an author can compare with the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from safehaven.bank.lint import is_negative, key_lengths, key_positions, share_above_recall
from safehaven.bank.load import Bank
from safehaven.bank.model import ChoiceBase

#: What the table calls the rules that count questions, by the name of the rule.
_COUNTED = {
    "near_duplicates": "near-duplicate stems",
    "no_cueing": "answers shown elsewhere",
    "spelling": "misspelt words",
    "known_objectives": "unknown objectives",
    "covered_objectives": "objectives without questions",
    "known_works": "unknown citations",
}


def summary(bank: Bank, breaches: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """Lines of a table, for whoever compares the bank with the rules.

    Args:
        bank: the questions.
        breaches: what breaks each rule, as `lint.breaches` finds it.
    """
    yield f"{len(bank)} questions"
    if not len(bank):
        return
    yield _line("use", _counts(Counter(question.use for question in bank)))
    yield _line("kinds", _counts(Counter(question.kind for question in bank)))
    yield _line("levels", _counts(Counter(question.level for question in bank)))
    yield _line("above recall", f"{share_above_recall(bank):.0%}")
    longest, shortest = key_lengths(bank)
    yield _line("key the longest of four", f"{longest:.0%}")
    yield _line("key the shortest of four", f"{shortest:.0%}")
    yield _line("key at", _counts(key_positions(bank)))
    yield _line("negative stems", sum(map(is_negative, bank)))
    yield _line("wrong options with feedback", "{} of {}".format(*_feedback(bank)))
    for rule, name in _COUNTED.items():
        yield _line(name, len(breaches[rule]))
    others = sum(len(found) for rule, found in breaches.items() if rule not in _COUNTED)
    yield _line("other breaches of a rule", others)


def _line(name: str, value: object) -> str:
    return f"  {name:<29} {value}"


def _feedback(bank: Bank) -> tuple[int, int]:
    """How many wrong options have feedback, and how many there are."""
    wrong = [
        option
        for question in bank
        if isinstance(question, ChoiceBase)
        for option in question.options
        if not option.right
    ]
    return sum(option.feedback is not None for option in wrong), len(wrong)


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {counter[name]}" for name in sorted(counter))
