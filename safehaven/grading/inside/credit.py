"""What the value at the end of a test is worth.

nbgrader reads points from the text of that value. Where the text says what the test meant, it
stays as it is; where a student's value would win points by being no number, it becomes an error.
"""

from __future__ import annotations

import decimal
import math
import numbers
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Credit:
    """What becomes of the value.

    Attributes:
        points: a number that replaces the text of the value; None where the text stays.
        refusal: why it gives no points; empty where it is taken.
        note: what was done to it, for the instructor.
    """

    points: float | None = None
    refusal: str = ""
    note: str = ""


def credit(value: Any, most: float, *, is_students: bool) -> Credit:
    """Say what the value at the end of a test is worth.

    Args:
        value: the value; not None.
        most: the points of the test.
        is_students: whether the value was made from what the student's kernel gave.
    """
    number = None if _is_truth(value) else _number(value)
    if number is None:
        if is_students and isinstance(value, str | bytes | complex):
            return Credit(refusal=f"The test ended in a {type(value).__name__}, not in points.")
        return Credit()
    if math.isnan(number):
        return Credit(refusal="The test ended in 'not a number'.")
    if number < 0:
        return Credit(refusal=f"The test ended in {number:g} points, fewer than none.")
    if number > most:
        return Credit(points=most, note=f"{number:g} points were more than the {most:g} there are.")
    return Credit(points=number)


def _is_truth(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return isinstance(value, bool) or bool(numpy and isinstance(value, numpy.bool_))


def _number(value: Any) -> float | None:
    numpy = sys.modules.get("numpy")
    if numpy and isinstance(value, numpy.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, numbers.Real | decimal.Decimal):
        try:
            return float(value)
        except OverflowError:
            return -math.inf if str(value).startswith("-") else math.inf
    return None
