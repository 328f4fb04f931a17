"""Pictures as plain SVG in the colours of the page; what they show stands beside them in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from safehaven.grading.analysis.choices import Choice
from safehaven.grading.analysis.intervals import Estimate
from safehaven.render.markup import tag

_WIDE, _HIGH = 140, 16
_BINS = 10


def _small(*content: str) -> str:
    """A picture in a cell, beside its figures: nothing to a screen reader."""
    box = f"0 0 {_WIDE} {_HIGH}"
    return tag("svg", *content, class_="small", viewBox=box, aria_hidden="true")


def interval(estimate: Estimate | None, least: float, most: float) -> str:
    """A dot with its interval on a line from `least` to `most`, with a stroke at 0."""
    if estimate is None:
        return ""

    def place(value: float) -> float:
        inside = min(most, max(least, value))
        return round(4 + (_WIDE - 8) * (inside - least) / (most - least), 1)

    parts = [
        _line("axis", place(least), 8, place(most), 8),
        _line("axis", place(0), 3, place(0), 13),
    ]
    if estimate.low is not None and estimate.high is not None:
        parts.append(_line("span", place(estimate.low), 8, place(estimate.high), 8))
    parts.append(tag("circle", class_="dot", cx=str(place(estimate.value)), cy="8", r="4"))
    return _small(*parts)


def options(choice: Choice) -> str:
    """A bar for the whole class; a dot for the upper group, a ring for the lower one."""
    wide = _WIDE - 8

    def place(share: float) -> str:
        return f"{4 + wide * share:.1f}"

    look = "bar right" if choice.is_right else "bar"
    parts = [
        _line("axis", 4, 13, 4 + wide, 13),
        tag("rect", class_=look, x="4", y="4", width=f"{wide * choice.share:.1f}", height="9"),
    ]
    if choice.lower is not None and choice.upper is not None:
        parts.append(tag("circle", class_="ring", cx=place(choice.lower), cy="8", r="3.5"))
        parts.append(tag("circle", class_="dot", cx=place(choice.upper), cy="8", r="3"))
    return _small(*parts)


def histogram(totals: Sequence[float], maximum: float, alternative: str) -> str:
    """How many students have how many points.

    Args:
        totals: the points of each student.
        maximum: the most points that could be had.
        alternative: what it shows, in words.
    """
    whole = all(float(total).is_integer() for total in totals)
    width = _bin(max(maximum, *totals), 1.0 if whole else 0.0)
    low = min(0.0, floor(min(totals) / width) * width)
    bins = max(1, ceil((max(maximum, *totals) - low) / width - 1e-9))
    counts = [0] * bins
    for total in totals:
        counts[min(bins - 1, int((total - low) / width + 1e-9))] += 1
    left, bottom, wide, high = 8.0, 130.0, 324.0, 100.0
    step = wide / bins
    parts = []
    for number, count in enumerate(counts):
        x, tall = left + number * step, high * count / max(counts)
        parts.append(
            tag(
                "rect",
                class_="bar",
                x=f"{x + 1:.1f}",
                y=f"{bottom - tall:.1f}",
                width=f"{step - 2:.1f}",
                height=f"{tall:.1f}",
            )
        )
        if count:
            parts.append(_word(str(count), x + step / 2, bottom - tall - 4))
    parts.append(_line("axis", left, bottom, left + wide, bottom))
    for number in range(bins + 1):
        if number % (1 if bins <= 6 else 2) == 0:
            parts.append(_word(f"{low + number * width:g}", left + number * step, bottom + 15))
    parts.append(_word("points", left + wide / 2, bottom + 32))
    return tag(
        "svg", *parts, class_="picture", viewBox="0 0 340 168", role="img", aria_label=alternative
    )


def _bin(maximum: float, least: float) -> float:
    """The width of a bin: 1, 2 or 5 times a power of ten, for at most ten bins."""
    for size in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500):
        if maximum / size <= _BINS and size >= least:
            return size
    return maximum / _BINS


def _line(look: str, x1: float, y1: float, x2: float, y2: float) -> str:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return tag("line", class_=look, **{key: f"{value:g}" for key, value in ends.items()})


def _word(text: str, x: float, y: float) -> str:
    return tag("text", text, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor="middle")
