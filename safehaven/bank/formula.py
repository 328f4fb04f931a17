"""Arithmetic with parameters, so that each class can get its own numbers.

Formulas are read with Python's own grammar and walked node by node: nothing but numbers,
the named parameters and six operators is evaluated.
"""

from __future__ import annotations

import ast
import operator
import random
from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product

from pydantic import BaseModel, ConfigDict, Field, model_validator

#: More than an author would want to check by hand, and quick enough for every build.
MOST_COMBINATIONS = 5000
#: A power above this is a slip, and would take longer than anybody waits.
GREATEST_EXPONENT = 64


class FormulaError(ValueError):
    """A formula that cannot be computed."""


class Parameter(BaseModel):
    """A number that is drawn from `from`, `from` + `step`, … up to and with `to`."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    low: float = Field(alias="from")
    high: float = Field(alias="to")
    step: float = Field(default=1, gt=0)

    @model_validator(mode="after")
    def _not_empty(self) -> Parameter:
        if self.high < self.low:
            raise ValueError("'to' is smaller than 'from'")
        return self

    def values(self) -> list[float]:
        """Every value that can be drawn; whole numbers come as int."""
        count = int((self.high - self.low) / self.step + 1e-9) + 1
        return [_tidy(self.low + i * self.step) for i in range(count)]


def _tidy(value: float) -> float:
    """Drop the dust of binary fractions, and the `.0` of whole numbers."""
    rounded = round(value, 10)
    return int(rounded) if rounded == int(rounded) else rounded


def corners(parameters: Mapping[str, Parameter]) -> Iterator[dict[str, float]]:
    """Every combination of values that can be drawn, up to `MOST_COMBINATIONS` of them.

    A formula is tried on all of them when it is loaded, so that no class draws numbers for
    which it cannot be computed.
    """
    values = [parameter.values() for parameter in parameters.values()]
    for combination in islice(product(*values), MOST_COMBINATIONS):
        yield dict(zip(parameters, combination, strict=True))


def draw_values(parameters: Mapping[str, Parameter], rng: random.Random) -> dict[str, float]:
    """One value of each parameter, drawn with `rng`."""
    return {name: rng.choice(parameter.values()) for name, parameter in parameters.items()}


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > GREATEST_EXPONENT:
        raise FormulaError(f"the exponent {exponent:g} is larger than {GREATEST_EXPONENT}")
    power: float = float(base) ** exponent
    return power


_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: _power,
}


def evaluate(formula: str, values: Mapping[str, float]) -> float:
    """Compute `formula` with the given values.

    Raises:
        FormulaError: it is no arithmetic, names an unknown parameter or divides by zero.
    """
    try:
        tree = ast.parse(formula, mode="eval")
        return float(_compute(tree.body, values))
    except SyntaxError as error:
        raise FormulaError(f"the formula {formula!r} is not arithmetic") from error
    except (ZeroDivisionError, OverflowError, TypeError) as error:
        raise FormulaError(f"the formula {formula!r} cannot be computed: {error}") from error


def _compute(node: ast.expr, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.Name(id=name):
            if name not in values:
                raise FormulaError(f"the formula names {name!r}, which is no parameter")
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_compute(operand, values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_compute(left, values), _compute(right, values))
        case _:
            raise FormulaError("a formula holds numbers, parameters and + - * / // ** only")
