"""Figures as a reader sees them: as many digits as they deserve."""

from __future__ import annotations

import re
from html import escape

from safehaven.grading.analysis.intervals import Estimate
from safehaven.grading.outcome import printable

#: Stands where there is no figure.
NONE = "–"


def shown(text: str, longest: int = 1_000) -> str:
    """A text from a gradebook or a notebook, harmless in a page."""
    return escape(printable(" ".join(text.split()), longest))


def slug(text: str) -> str:
    """A text as part of an id in a page: letters, figures, hyphens and dots."""
    return re.sub(r"[^\w.-]+", "-", text)


def percent(share: float | None) -> str:
    """A share without decimals."""
    return NONE if share is None else f"{share * 100:.0f}%"


def points(value: float) -> str:
    """Points with at most two decimals."""
    return f"{round(value, 2):g}"


def two(value: float | None) -> str:
    """A coefficient with two decimals and a true minus."""
    return NONE if value is None else f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def share_between(estimate: Estimate | None) -> str:
    """A share with its interval."""
    if estimate is None:
        return NONE
    if estimate.low is None or estimate.high is None:
        return percent(estimate.value)
    return f"{percent(estimate.value)} ({estimate.low * 100:.0f} to {estimate.high * 100:.0f})"


def two_between(estimate: Estimate | None) -> str:
    """A coefficient with its interval."""
    if estimate is None:
        return NONE
    if estimate.low is None or estimate.high is None:
        return f"{two(estimate.value)} (no interval)"
    return f"{two(estimate.value)} ({two(estimate.low)} to {two(estimate.high)})"


def numbered(count: int, one: str, many: str) -> str:
    """A count and what is counted."""
    return f"{count:,} {one if count == 1 else many}"
