"""Intervals of 95 % for shares, differences of shares, correlations and reliabilities.

All are formulas, so the same marks give the same report. A score between 0 and 1 varies at most as
much as a right-or-wrong one with the same mean, so for partial credit the intervals for shares are
on the safe side: never too short.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, hypot, sqrt, tanh

from safehaven.grading.analysis.distributions import f_quantile, normal_quantile

LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A figure and how sure it is.

    Attributes:
        value: the figure.
        low: the lower end of its interval; None where there are too few answers for one.
        high: the upper end.
        n: how many students it rests on.
    """

    value: float
    low: float | None
    high: float | None
    n: int


def wilson(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927).

    Args:
        share: from 0 to 1; the mean of scores between 0 and 1 will do.
        n: how many it is the share of, above 0.
        level: the confidence.
    """
    z = normal_quantile((1 + level) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(
    one: float, n_one: float, other: float, n_other: float, level: float = LEVEL
) -> tuple[float, float]:
    """The interval of the difference of two independent shares (Newcombe 1998, method 10)."""
    low_one, high_one = wilson(one, n_one, level)
    low_other, high_other = wilson(other, n_other, level)
    d = one - other
    return (
        d - hypot(one - low_one, high_other - other),
        d + hypot(high_one - one, other - low_other),
    )


def correlation_interval(
    r: float, n: int, level: float = LEVEL
) -> tuple[float | None, float | None]:
    """The interval of a correlation by Fisher's z (Fisher 1921); none below five students."""
    if n < 5 or abs(r) > 1 - 1e-12:
        return None, None
    half = normal_quantile((1 + level) / 2) / sqrt(n - 3)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def alpha_interval(alpha: float, n: int, k: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of coefficient alpha (Feldt 1965; Feldt, Woodruff and Salih 1987).

    Args:
        alpha: as computed.
        n: students, at least 2.
        k: items, at least 2.
        level: the confidence.
    """
    across, within = n - 1, (n - 1) * (k - 1)
    return (
        1 - (1 - alpha) * f_quantile((1 + level) / 2, across, within),
        1 - (1 - alpha) * f_quantile((1 - level) / 2, across, within),
    )
