"""Whether an item tells those who know more from those who know less."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from safehaven.grading.analysis.intervals import Estimate, correlation_interval, difference
from safehaven.grading.analysis.moments import correlation

#: The share of a class in the upper and in the lower group (Kelley 1939).
GROUP = 0.27
#: Fewest students for whom two groups are formed.
_FEWEST = 8


def item_total(item: Sequence[float], total: Sequence[float]) -> Estimate | None:
    """The corrected item-total correlation: of the item with the sum of all others.

    Args:
        item: the points of each student for the item.
        total: the points of each student for all items, this one among them.

    Returns:
        None where the item, or the rest, is the same for all.
    """
    rest = [all_points - points for points, all_points in zip(item, total, strict=True)]
    r = correlation(item, rest)
    if r is None:
        return None
    return Estimate(r, *correlation_interval(r, len(item)), len(item))


def upper_and_lower(totals: Sequence[float]) -> tuple[list[float], list[float]]:
    """How much each student belongs to the upper and to the lower group, from 0 to 1.

    Each group has the nearest whole number to 27 % of the students. Where several are equal at
    its edge, they share the places that are left, so the order of the list decides nothing.
    """
    size = max(1, int(GROUP * len(totals) + 0.5))
    return _belonging(totals, size), _belonging([-total for total in totals], size)


def _belonging(totals: Sequence[float], size: int) -> list[float]:
    # Sums of the same points in another order can differ in the last digit.
    rounded = [round(total, 9) for total in totals]
    edge = sorted(rounded, reverse=True)[size - 1]
    above = sum(total > edge for total in rounded)
    share = (size - above) / rounded.count(edge)
    return [1.0 if total > edge else share if total == edge else 0.0 for total in rounded]


def weighted_share(shares: Sequence[float], weights: Sequence[float]) -> float:
    """The mean of shares, each weighted by how much the student belongs to a group."""
    return fsum(s * w for s, w in zip(shares, weights, strict=True)) / fsum(weights)


def upper_lower(shares: Sequence[float], totals: Sequence[float]) -> Estimate | None:
    """Upper-lower discrimination: the mean share of the best 27 % less that of the weakest 27 %.

    Args:
        shares: of the item's points, for each student, from 0 to 1.
        totals: the points of each student for all items.

    Returns:
        None where there are too few students, or all have the same total.
    """
    if len(totals) < _FEWEST or len({round(total, 9) for total in totals}) < 2:
        return None
    upper, lower = upper_and_lower(totals)
    best, weakest = weighted_share(shares, upper), weighted_share(shares, lower)
    inside = [min(1.0, max(0.0, share)) for share in (best, weakest)]
    interval = difference(inside[0], fsum(upper), inside[1], fsum(lower))
    return Estimate(best - weakest, *interval, len(totals))
