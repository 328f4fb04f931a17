"""What a bank holds, in numbers that an author can compare with the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from safehaven.bank.lint import is_negative, key_lengths, key_positions, share_above_recall
from safehaven.bank.load import Bank


def summary(bank: Bank) -> Iterator[str]:
    """Lines of a table: kinds, levels, lengths and positions of keys, negative stems."""
    yield f"{len(bank)} questions"
    if not len(bank):
        return
    yield f"  use        {_counts(Counter(question.use for question in bank))}"
    yield f"  kinds      {_counts(Counter(question.kind for question in bank))}"
    yield f"  levels     {_counts(Counter(question.level for question in bank))}"
    yield f"  above recall                    {share_above_recall(bank):.0%}"
    longest, shortest = key_lengths(bank)
    yield f"  key the longest of four options  {longest:.0%}"
    yield f"  key the shortest of four options {shortest:.0%}"
    yield f"  key at     {_counts(key_positions(bank))}"
    yield f"  negative stems                  {sum(map(is_negative, bank))}"


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {counter[name]}" for name in sorted(counter))
