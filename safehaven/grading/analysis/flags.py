"""What an instructor should look at, and what to do about it.

A flag says what the figures allow. In a small class chance alone makes an item look bad, so those
that rest on a correlation ask that even the better end of its interval is poor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safehaven.grading.analysis.choices import BLANK, OTHER, UNREADABLE, Choice
from safehaven.grading.analysis.intervals import Estimate
from safehaven.grading.analysis.results import Flag, ItemResult
from safehaven.grading.analysis.totals import MOST_GAPS

#: Fewer students than this, and the figures of an item are not judged at all.
FEW = 10
#: An item that nearly everybody gets right: its share, and the lower end of its interval.
EASY, SURELY_EASY = 0.95, 0.85
#: An item that nearly nobody gets right.
HARD, SURELY_HARD = 0.20, 0.35
#: A correlation below which an item tells little, and what even its upper end must stay below.
WEAK, SURELY_WEAK = 0.15, 0.30
#: An option that fewer choose than this does no work, in a class of so many.
IDLE, ENOUGH_FOR_IDLE = 0.02, 50
#: A misunderstanding that so many share belongs into class.
COMMON = 0.25
#: Blanks that are more than forgetfulness.
MANY_BLANK = 0.20
#: The most signs of an answer that a flag quotes.
_LONGEST = 100


def item_flags(result: ItemResult) -> tuple[Flag, ...]:
    """What should be looked at in one item, the most pressing first."""
    if result.waiting > MOST_GAPS * (result.waiting + result.marked):
        return (_waits(result),)
    if result.marked < FEW:
        return (_few(result),) if result.marked else ()
    # With a wrong key all other figures of an item are wrong too.
    found = list(_key(result)) or [*_separation(result), *_level(result), *_options(result)]
    order = ("urgent", "mend", "note")
    return tuple(sorted(found, key=lambda flag: order.index(flag.weight)))


def _waits(result: ItemResult) -> Flag:
    count = result.waiting
    return Flag(
        "waits-for-marks",
        "note",
        f"{_students(count)} of {count + result.marked} still wait for marks, so nothing is "
        "computed.",
        "Give the marks in the formgrader, then run the report again.",
    )


def _few(result: ItemResult) -> Flag:
    return Flag(
        "few-answers",
        "note",
        f"Few answers: {_students(result.marked)}. The intervals are wide.",
        "Do not change the item on these figures alone; put classes together first.",
    )


def _key(result: ItemResult) -> Iterator[Flag]:
    """A wrong option that draws the better students away from the key, more than by chance."""
    correlation = result.item_total
    keys = [choice for choice in result.choices if choice.is_right]
    kind = result.item.question.kind if result.item.question else ""
    if correlation is None or correlation.value >= 0 or not keys or kind == "matching":
        return
    key = max(keys, key=lambda choice: choice.upper or 0.0)
    drawn = [
        choice
        for choice in _wrong(result.choices)
        if _draws_the_best(choice) and (choice.upper or 0.0) > (key.upper or 0.0)
    ]
    for choice in sorted(drawn, key=lambda choice: -(choice.upper or 0.0))[:1]:
        yield Flag(
            "key-may-be-wrong",
            "urgent",
            f"The key may be wrong: the best students chose {_named(choice)} "
            f"({choice.upper:.0%} of the upper group, {choice.lower:.0%} of the lower), not "
            f"{_named(key)} ({key.upper:.0%} and {key.lower:.0%}).",
            "Check the key against the source today. If it is wrong, mend it and grade again "
            "before grades go out.",
        )


def _draws_the_best(choice: Choice) -> bool:
    found = choice.correlation
    return found is not None and found.low is not None and found.low > 0


def _named(choice: Choice) -> str:
    if len(choice.mark) == 1:
        return choice.mark
    text = choice.text
    return f"'{text}'" if len(text) <= _LONGEST else f"'{text[:_LONGEST].rstrip()} …'"


def _separation(result: ItemResult) -> Iterator[Flag]:
    found = result.item_total
    if found is None or found.high is None:
        return
    if found.high < 0:
        yield Flag(
            "works-against",
            "urgent",
            f"Those who did better elsewhere did worse here ({_correlation(found)}).",
            "Check the key, then the wording: a strong student may see more than one right answer.",
        )
    elif found.value < WEAK and found.high < SURELY_WEAK:
        yield Flag(
            "tells-little",
            "mend",
            f"It hardly tells who knows more ({_correlation(found)}).",
            "Read it with a colleague: is it about something else than the rest, or unclear?",
        )


def _correlation(found: Estimate) -> str:
    words = f"correlation {found.value:.2f}, {found.low:.2f} to {found.high:.2f}"
    return words.replace("-", "\N{MINUS SIGN}")


def _level(result: ItemResult) -> Iterator[Flag]:
    found = result.difficulty
    if found is None or found.low is None or found.high is None:
        return
    if found.value >= EASY and found.low > SURELY_EASY:
        yield Flag(
            "too-easy",
            "note",
            f"Too easy to tell anything: {found.value:.0%} of its points were reached.",
            "Keep it if the objective must be sure in everybody; else make the wrong options "
            "more plausible or retire it.",
        )
    if found.value <= HARD and found.high < SURELY_HARD:
        yield Flag(
            "too-hard",
            "mend",
            f"Hardly anybody got it: {found.value:.0%} of its points were reached.",
            "See whether the lesson teaches it; if it does, look for a trap in the wording.",
        )
    question = result.item.question
    if question and question.kind == "single" and found.value > HARD:
        guessing = 1 / len(question.entries) if question.entries else 0.0
        if found.value <= guessing:
            yield Flag(
                "like-guessing",
                "mend",
                f"No better than guessing: {found.value:.0%} right, by chance {guessing:.0%}.",
                "Teach the point again, or mend the question.",
            )


def _options(result: ItemResult) -> Iterator[Flag]:
    for choice in result.choices:
        if choice.mark == BLANK and choice.share >= MANY_BLANK:
            yield Flag(
                "many-blank",
                "mend",
                f"{choice.share:.0%} left it blank.",
                "See whether time ran out, or whether they did not know how to answer.",
            )
        if choice.mark == UNREADABLE and choice.share >= MOST_GAPS:
            yield Flag(
                "unreadable",
                "mend",
                f"{choice.share:.0%} gave an answer that cannot be read.",
                "Read some of them: if their meaning is clear, give the marks by hand.",
            )
    wrong = list(_wrong(result.choices))
    taught = [choice for choice in wrong if choice.share >= COMMON and choice.misconception]
    for choice in sorted(taught, key=lambda choice: -choice.share)[:1]:
        yield Flag(
            "common-misconception",
            "note",
            f"{choice.share:.0%} answered {_named(choice)}. What they are told: "
            f"{choice.misconception}",
            "Take it up in class.",
        )
    yield from _idle(result, wrong)


def _idle(result: ItemResult, wrong: Sequence[Choice]) -> Iterator[Flag]:
    found, question = result.difficulty, result.item.question
    if found is None or question is None or question.kind not in ("single", "multiple"):
        return
    idle = [choice.mark for choice in wrong if choice.share < IDLE]
    # Where nearly all are right there is nobody left to choose a wrong option.
    if idle and found.n >= ENOUGH_FOR_IDLE and found.value < 1 - 0.05 * len(question.entries):
        yield Flag(
            "idle-options",
            "note",
            f"Hardly anybody chose {', '.join(idle)}.",
            "Write a wrong option from what students really say, or leave it out.",
        )


def _wrong(choices: Sequence[Choice]) -> Iterator[Choice]:
    for choice in choices:
        if not choice.is_right and choice.mark not in (BLANK, UNREADABLE, OTHER):
            yield choice


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"
