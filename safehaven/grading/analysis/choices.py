"""What was chosen at each question, by how many, and by whom: the distractor table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from safehaven.grading.analysis.answers import Answer
from safehaven.grading.analysis.intervals import Estimate, correlation_interval
from safehaven.grading.analysis.moments import correlation
from safehaven.grading.analysis.quiz import QuizQuestion

#: The marks of what is no answer.
BLANK, UNREADABLE, OTHER = "blank", "unreadable", "other"
#: How many of the other wrong numbers, words and orders are shown each by itself.
_SHOWN = 3


@dataclass(frozen=True)
class Choice:
    """One thing that could be answered.

    Attributes:
        mark: the letter, `1-B` for a pair, `t0` for a trap, `right`, or one of the constants.
        text: what it says.
        is_right: whether it is the key, or a part of it.
        misconception: what a person who answers so has misunderstood; empty where not known.
        count: how many answered so.
        share: of all whose answers were found.
        upper: the share among the best 27 % of the class; None where no groups can be formed.
        lower: the share among the weakest 27 %.
        correlation: of answering so with the points of all other items: above 0 where those who
            know more answer so; None where it cannot be computed.
    """

    mark: str
    text: str
    is_right: bool
    misconception: str
    count: int
    share: float
    upper: float | None
    lower: float | None
    correlation: Estimate | None


@dataclass(frozen=True)
class Ranking:
    """How the students of a class stand by the points of an assignment, for one of its items.

    Attributes:
        upper: how much each belongs to the best 27 %.
        lower: how much each belongs to the weakest.
        rest: the points of each for all other items; None for those who are in no total.
    """

    upper: Sequence[float]
    lower: Sequence[float]
    rest: Sequence[float | None]


def choices(
    question: QuizQuestion, answers: Sequence[Answer | None], ranking: Ranking | None
) -> tuple[Choice, ...]:
    """Count what was answered.

    Args:
        question: what was asked.
        answers: of each student who is analysed; None where no notebook was found.
        ranking: how they stand; None where all are equal.

    Returns:
        The options in their order, or the key and the traps; then other answers, blanks and what
        cannot be read, where there are any. Nothing where no answers were found.
    """
    there = [i for i, answer in enumerate(answers) if answer is not None]
    if not there:
        return ()
    marks = {i: _marks(question, answer) for i in there if (answer := answers[i]) is not None}
    counts = Counter(mark for chosen in marks.values() for mark in chosen)

    def group(mark: str, weights: Sequence[float] | None) -> float | None:
        whole = fsum(weights[i] for i in there) if weights else 0.0
        if not weights or not whole:
            return None
        return fsum(weights[i] for i in there if mark in marks[i]) / whole

    return tuple(
        Choice(
            mark,
            text,
            is_right,
            "" if is_right else _misconception(question, mark),
            counts[mark],
            counts[mark] / len(there),
            group(mark, ranking.upper if ranking else None),
            group(mark, ranking.lower if ranking else None),
            _correlation(marks, mark, ranking) if ranking else None,
        )
        for mark, text, is_right in _rows(question, counts)
    )


def _correlation(marks: Mapping[int, set[str]], mark: str, ranking: Ranking) -> Estimate | None:
    pairs = [
        (float(mark in chosen), rest)
        for i, chosen in marks.items()
        if (rest := ranking.rest[i]) is not None
    ]
    r = correlation([chose for chose, _ in pairs], [rest for _, rest in pairs])
    return None if r is None else Estimate(r, *correlation_interval(r, len(pairs)), len(pairs))


def _misconception(question: QuizQuestion, mark: str) -> str:
    """An entry that belongs nowhere has a feedback of its own; else that of the pair is meant."""
    first, _, letter = mark.partition("-")
    return question.feedback.get(letter) or question.feedback.get(first, "")


def _marks(question: QuizQuestion, answer: Answer) -> set[str]:
    read = answer.read
    if answer.state != "read" or read is None:
        return {BLANK if answer.state == "blank" else UNREADABLE}
    if question.kind in ("single", "multiple"):
        return set(read) if isinstance(read, list) else {UNREADABLE}
    if isinstance(read, dict):
        return {f"{left}-{letter}" for left, letter in read.items()}
    if question.is_right(read):
        return {"right"}
    if isinstance(read, list):
        return {f"order-{''.join(read)}"}
    return {question.trap(read) or f"{OTHER}-{_own(read)}"}


def _own(read: str | float) -> str:
    return f"{read:,.10g}" if isinstance(read, float) else " ".join(read.split())[:60]


def _rows(question: QuizQuestion, counts: Counter[str]) -> Iterator[tuple[str, str, bool]]:
    """What is listed: the mark, the text, whether it is right."""
    if question.kind in ("single", "multiple"):
        yield from ((m, text, m in question.right) for m, text in question.entries.items())
    elif question.kind == "matching":
        yield from _pairs(question, counts)
    else:
        yield "right", _key(question), True
        yield from _traps(question)
        yield from _others(question, counts)
    if counts[BLANK]:
        yield BLANK, "No answer", False
    if counts[UNREADABLE]:
        yield UNREADABLE, "An answer that cannot be read", False


def _pairs(question: QuizQuestion, counts: Counter[str]) -> Iterator[tuple[str, str, bool]]:
    """The right pair of each left side, and those wrong ones that somebody made."""
    for left, name in question.lefts.items():
        for letter, text in question.entries.items():
            mark, is_right = f"{left}-{letter}", question.right.get(left) == letter
            if is_right or counts[mark]:
                yield mark, f"{name} – {text}", is_right


def _key(question: QuizQuestion) -> str:
    if question.kind == "ordering":
        return ", ".join(question.right)
    if question.kind == "numeric":
        within = f" (± {question.tolerance:g})" if question.tolerance else ""
        return f"{question.right:,.10g}{within}"
    return " · ".join(map(str, question.right))


def _traps(question: QuizQuestion) -> Iterator[tuple[str, str, bool]]:
    for number, trap in enumerate(question.traps):
        text = f"{trap:,.6g}" if question.kind == "numeric" else " · ".join(map(str, trap))
        yield f"t{number}", text, False


def _others(question: QuizQuestion, counts: Counter[str]) -> Iterator[tuple[str, str, bool]]:
    """The most frequent wrong answers that nobody foresaw."""
    found = [mark for mark in counts if mark.startswith((f"{OTHER}-", "order-"))]
    for mark in sorted(found, key=lambda mark: (-counts[mark], mark))[:_SHOWN]:
        _, _, own = mark.partition("-")
        yield mark, ", ".join(own) if question.kind == "ordering" else own, False
