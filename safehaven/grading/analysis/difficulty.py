"""How hard an item is: the mean share of its points that was reached."""

from __future__ import annotations

from collections.abc import Sequence

from safehaven.grading.analysis.intervals import Estimate, wilson
from safehaven.grading.analysis.moments import mean


def difficulty(shares: Sequence[float]) -> Estimate | None:
    """The mean share with its Wilson interval: 1 is easy, 0 is hard.

    Args:
        shares: of those who have marks for the item, from 0 to 1.

    Returns:
        None where nobody has.
    """
    if not shares:
        return None
    value = mean(shares)
    inside = min(1.0, max(0.0, value))  # marks by hand can leave the scale
    return Estimate(value, *wilson(inside, len(shares)), len(shares))
