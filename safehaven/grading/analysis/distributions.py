"""Quantiles of the normal and the F distribution, without a numerical library."""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from statistics import NormalDist

_SMALLEST = 1e-300
_STEPS = 10_000


def normal_quantile(probability: float) -> float:
    """The value below which a standard normal variable lies with this probability."""
    return NormalDist().inv_cdf(probability)


def f_quantile(probability: float, numerator: float, denominator: float) -> float:
    """The value below which an F variable lies with this probability.

    Args:
        probability: between 0 and 1, neither of them.
        numerator: degrees of freedom, above 0.
        denominator: degrees of freedom, above 0.
    """
    share = _beta_quantile(probability, numerator / 2, denominator / 2)
    return denominator * share / (numerator * (1 - share))


def beta_probability(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The fraction converges fast on one side of the mean; the other follows by symmetry.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, _inverse(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = _inverse(1 + term * d)
            c = 1 + term / c or _SMALLEST
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _inverse(value: float) -> float:
    return 1 / (value or _SMALLEST)


def _beta_quantile(probability: float, a: float, b: float) -> float:
    """By bisection: slow, but it cannot fail, and it is called a few times a report."""
    low, high = 0.0, 1.0
    while (middle := (low + high) / 2) not in (low, high):
        if beta_probability(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return middle
