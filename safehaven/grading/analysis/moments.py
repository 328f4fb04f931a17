"""Means, variances and correlations, summed without loss."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean of at least one value."""
    return fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """The sample variance (divided by n - 1) of at least two values."""
    middle = mean(values)
    return fsum((value - middle) ** 2 for value in values) / (len(values) - 1)


def correlation(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one side does not vary."""
    if len(ones) < 2:
        return None
    one, other = mean(ones), mean(others)
    across = fsum((a - one) * (b - other) for a, b in zip(ones, others, strict=True))
    spread = sqrt(fsum((a - one) ** 2 for a in ones) * fsum((b - other) ** 2 for b in others))
    # What is left of equal values by rounding is no variation.
    if spread <= 1e-12 * max(1.0, abs(one * other)) * len(ones):
        return None
    return max(-1.0, min(1.0, across / spread))
