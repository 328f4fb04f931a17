"""The part of the page on one assignment: its reliability, its items, what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from safehaven.grading.analysis.choices import Choice
from safehaven.grading.analysis.model import FATES
from safehaven.grading.analysis.results import AssignmentResult, Flag, ItemResult, Pace
from safehaven.grading.class_report.markup import Column, table
from safehaven.grading.class_report.pictures import histogram, interval, options
from safehaven.grading.class_report.words import (
    NONE,
    numbered,
    percent,
    points,
    share_between,
    shown,
    slug,
    two,
    two_between,
)
from safehaven.render.markup import tag

_SIGNS = {"urgent": "⚠", "mend": "✎", "note": "i"}
#: What the kinds of flags are called where there is little room.
FLAGS = {
    "waits-for-marks": "waits for marks",
    "few-answers": "few answers",
    "key-may-be-wrong": "the key may be wrong",
    "works-against": "works against the rest",
    "tells-little": "tells little",
    "too-easy": "too easy",
    "too-hard": "too hard",
    "like-guessing": "like guessing",
    "many-blank": "many blank",
    "unreadable": "answers that cannot be read",
    "common-misconception": "a common misunderstanding",
    "idle-options": "idle options",
}
_ITEMS = (
    Column("Item"),
    Column("Points", "number"),
    Column("Marked", "number"),
    Column("Reached", "figure"),
    Column("Item-total", "figure"),
    Column("Upper − lower", "figure"),
    Column("Alpha without", "number"),
    Column("Look at", "flags"),
)
_CHOICES = (
    Column("Answer"),
    Column("Chosen", "number"),
    Column("Share", "figure"),
    Column("Upper group", "number"),
    Column("Lower group", "number"),
    Column("Misunderstanding", "wide"),
)


def item_id(test: AssignmentResult, place: int) -> str:
    """The id of an item in the page."""
    return f"{assignment_id(test)}-{place + 1}"


def item_name(test: AssignmentResult, result: ItemResult) -> str:
    """The name of an item as HTML, with its notebook where there are several."""
    several = len({other.item.notebook for other in test.items}) > 1
    name = f"{result.item.notebook}: {result.item.name}" if several else result.item.name
    return shown(name)


def notes_id(test: AssignmentResult, place: int) -> str:
    """The id, in the page, of what stands out in an item."""
    return f"{item_id(test, place)}-notes"


def assignment_id(test: AssignmentResult) -> str:
    """The id of an assignment in the page."""
    return f"assignment-{slug(test.name)}"


def assignment_section(test: AssignmentResult) -> Iterator[str]:
    """The HTML of an assignment."""
    yield f'<section aria-labelledby="{assignment_id(test)}">'
    yield tag("h2", shown(test.name), id=assignment_id(test))
    yield _counts(test)
    yield from (tag("p", sentence) for sentence in _sentences(test))
    yield from _distribution(test)
    if test.items:
        label = f"{assignment_id(test)}-items"
        yield tag("h3", "Questions and tasks", id=label)
        yield table(
            _ITEMS,
            (
                (item_id(test, i), _item_cells(test, i, result))
                for i, result in enumerate(test.items)
            ),
            label=label,
        )
    yield from _notes(test)
    chosen = [(i, result) for i, result in enumerate(test.items) if result.choices]
    if chosen:
        yield tag("h3", "What was answered")
        yield tag(
            "p",
            "Bar: the whole class, the key in green. Dot: the best 27%. Ring: the weakest 27%.",
            class_="muted",
        )
        for place, result in chosen:
            yield _answers(test, place, result)
    yield "</section>"


def _notes(test: AssignmentResult) -> Iterator[str]:
    flagged = [(place, result) for place, result in enumerate(test.items) if result.flags]
    if flagged:
        yield tag("h3", "What stands out")
        entries = (
            tag(
                "li",
                f"<bdi>{item_name(test, result)}</bdi>",
                *map(flag_html, result.flags),
                id=notes_id(test, place),
            )
            for place, result in flagged
        )
        yield tag("ul", *entries, class_="first")


def _counts(test: AssignmentResult) -> str:
    shown_fates = [fate for fate in FATES if test.fates[fate] or fate in ("graded", "missing")]
    return tag(
        "dl",
        *(
            tag("div", tag("dt", FATES[fate]), tag("dd", f"{test.fates[fate]:,}"), class_=fate)
            for fate in shown_fates
        ),
        class_="counts",
    )


def _sentences(test: AssignmentResult) -> Iterator[str]:
    left_out = len(test.items) - test.added_up
    if test.fates["graded"] and left_out:
        yield (
            f"{numbered(left_out, 'item is', 'items are')} left out of the totals, because marks "
            "are missing."
        )
    if test.complete < test.fates["graded"]:
        count = numbered(test.fates["graded"] - test.complete, "student is", "students are")
        yield f"{count} left out of the totals, because single marks are missing."
    found = test.reliability
    if found is None:
        yield "The reliability cannot be computed: it takes two items, and students who differ."
    else:
        alpha = found.alpha
        kr20 = f"; KR-20 {two(found.kr20)}" if found.kr20 is not None else ""
        yield (
            f"<strong>Reliability</strong> (alpha) {two_between(alpha)}{kr20}. "
            f"Mean {points(found.mean)} of {points(test.maximum)} points, standard deviation "
            f"{points(found.deviation)}. <strong>Standard error of measurement</strong> "
            f"{points(found.error)} points: a student's points are sure to about "
            f"±\N{NO-BREAK SPACE}{points(1.96 * found.error)}."
        )
        if alpha.low is not None and alpha.low < 0.7 <= (alpha.high or 0):
            yield (
                "The interval reaches below 0.7: do not decide on a student by this assignment "
                "alone."
            )
    yield from _pace(test.pace)


def _pace(pace: Pace) -> Iterator[str]:
    if pace.late is not None:
        before = (
            f" Half of those in time handed in more than {median(pace.hours_before):.1f} hours "
            "before the due date."
            if pace.hours_before
            else ""
        )
        yield f"{pace.late:,} of {pace.handed_in:,} handed in late.{before}"
    if pace.minutes:
        yield (
            f"Time in the notebook: {median(pace.minutes.values()):.0f} minutes in the middle, "
            f"known for {numbered(len(pace.minutes), 'student', 'students')}."
        )
    else:
        yield "Working time is not known: these notebooks do not hold the times of their cells."
    if pace.attempts:
        several = sum(count > 1 for count in pace.attempts.values())
        yield (
            f"{several:,} of {numbered(len(pace.attempts), 'student', 'students')} handed in more "
            f"than once, at most {max(pace.attempts.values())} times."
        )
    else:
        yield "How often students handed in is not known: there is no exchange to count in."


def _distribution(test: AssignmentResult) -> Iterator[str]:
    totals = list(test.totals.values())
    if len(totals) > 1 and test.maximum > 0:
        words = (
            f"Points of {len(totals)} students: from {points(min(totals))} to "
            f"{points(max(totals))} of {points(test.maximum)}, {points(median(totals))} in the "
            "middle."
        )
        picture = histogram(totals, test.maximum, f"Histogram. {words}")
        yield tag("figure", picture, tag("figcaption", words))


def _item_cells(test: AssignmentResult, place: int, result: ItemResult) -> list[str]:
    return [
        f"<bdi>{item_name(test, result)}</bdi>",
        points(result.item.maximum),
        _marked(result),
        _figure(interval(result.difficulty, 0, 1), share_between(result.difficulty)),
        _figure(interval(result.item_total, -1, 1), two_between(result.item_total)),
        _figure(interval(result.upper_lower, -1, 1), two_between(result.upper_lower)),
        two(result.alpha_without),
        ", ".join(
            tag("a", f"{_sign(flag)} {FLAGS[flag.kind]}", href=f"#{notes_id(test, place)}")
            for flag in result.flags
        ),
    ]


def _marked(result: ItemResult) -> str:
    waits = f" (+{result.waiting} wait)" if result.waiting else ""
    return f"{result.marked:,}{waits}"


def _figure(picture: str, words: str) -> str:
    return f"{picture} {tag('span', words)}"


def _sign(flag: Flag) -> str:
    sign = tag("span", _SIGNS[flag.weight], aria_hidden="true", class_="sign")
    return tag("span", sign, class_=flag.weight)


def flag_html(flag: Flag) -> str:
    """A flag with its advice."""
    return tag(
        "p",
        f"{_sign(flag)} {shown(flag.text)} ",
        tag("em", shown(flag.advice)),
        class_=f"flag {flag.weight}",
    )


def _answers(test: AssignmentResult, place: int, result: ItemResult) -> str:
    question = result.item.question
    assert question is not None  # there are no choices without a question
    label = f"{item_id(test, place)}-answers"
    title = f"<bdi>{item_name(test, result)}</bdi> <span>{shown(question.stem, 600)}</span>"
    summary = tag("summary", title, id=label)
    legend = ""
    if question.kind in ("ordering", "matching"):
        entries = (f"<b>{mark}</b> {shown(text)}" for mark, text in question.entries.items())
        legend = tag("ul", *(tag("li", entry) for entry in entries), class_="entries")
    rows = table(_CHOICES, (("", _choice_cells(c)) for c in result.choices), label=label)
    # What is flagged is open from the start.
    is_open = any(flag.weight == "urgent" for flag in result.flags)
    return tag("details", summary, legend, rows, open="" if is_open else None)


def _choice_cells(choice: Choice) -> list[str]:
    letter = f"<b>{choice.mark}</b> " if len(choice.mark) == 1 else ""
    key = ' <span class="key">✓ key</span>' if choice.is_right else ""
    return [
        f"{letter}<bdi>{shown(choice.text, 300)}</bdi>{key}",
        f"{choice.count:,}",
        _figure(options(choice), percent(choice.share)),
        percent(choice.upper) if choice.upper is not None else NONE,
        percent(choice.lower) if choice.lower is not None else NONE,
        shown(choice.misconception),
    ]
