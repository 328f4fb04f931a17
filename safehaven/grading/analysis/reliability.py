"""How far the points of an assignment would be the same on another set of such items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from safehaven.grading.analysis.intervals import Estimate, alpha_interval
from safehaven.grading.analysis.moments import mean, variance


@dataclass(frozen=True)
class Reliability:
    """The reliability of the points of one assignment.

    Attributes:
        alpha: coefficient alpha (Cronbach 1951) with Feldt's interval.
        kr20: Kuder and Richardson's formula 20 (1937); None unless every item is right or wrong
            and all give the same points.
        error: the standard error of measurement, in points.
        mean: the mean of the points.
        deviation: the standard deviation of the points.
        items: how many items.
    """

    alpha: Estimate
    kr20: float | None
    error: float
    mean: float
    deviation: float
    items: int


def coefficient_alpha(columns: Sequence[Sequence[float]]) -> float | None:
    """Coefficient alpha of at least two items; None where the totals are the same for all."""
    totals = [fsum(row) for row in zip(*columns, strict=True)]
    if len(columns) < 2 or len(totals) < 2:
        return None
    spread = variance(totals)
    if spread <= 1e-12 * max(1.0, mean(totals) ** 2):
        return None
    k = len(columns)
    return k / (k - 1) * (1 - fsum(variance(column) for column in columns) / spread)


def kuder_richardson_20(
    columns: Sequence[Sequence[float]], maxima: Sequence[float]
) -> float | None:
    """KR-20 of items that are right or wrong and give the same points; None for others."""
    most = maxima[0] if maxima else 0.0
    if most <= 0 or any(one != most for one in maxima):
        return None
    if any(points not in (0.0, most) for column in columns for points in column):
        return None
    k, totals = len(columns), [fsum(row) / most for row in zip(*columns, strict=True)]
    if k < 2 or len(totals) < 2:
        return None
    spread = variance(totals) * (len(totals) - 1) / len(totals)
    if spread <= 1e-12:
        return None
    right = [mean(column) / most for column in columns]
    return k / (k - 1) * (1 - fsum(p * (1 - p) for p in right) / spread)


def reliability(columns: Sequence[Sequence[float]], maxima: Sequence[float]) -> Reliability | None:
    """The reliability of an assignment.

    Args:
        columns: for each item, the points of each student; no value is missing.
        maxima: the most points of each item.

    Returns:
        None where there are fewer than two items or students, or all have the same total.
    """
    alpha = coefficient_alpha(columns)
    if alpha is None:
        return None
    totals = [fsum(row) for row in zip(*columns, strict=True)]
    n, k, deviation = len(totals), len(columns), sqrt(variance(totals))
    return Reliability(
        alpha=Estimate(alpha, *alpha_interval(alpha, n, k), n),
        kr20=kuder_richardson_20(columns, maxima),
        # A negative alpha is an estimate of a reliability that cannot be below nothing.
        error=deviation * sqrt(1 - max(0.0, alpha)),
        mean=mean(totals),
        deviation=deviation,
        items=k,
    )


def alpha_without(columns: Sequence[Sequence[float]], item: int) -> float | None:
    """Coefficient alpha of all items but one."""
    return coefficient_alpha([column for i, column in enumerate(columns) if i != item])
