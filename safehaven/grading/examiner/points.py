"""Points of a test that ran in the student's kernel, where the text of a value is all there is."""

from __future__ import annotations

import math

from safehaven.grading.examiner import outputs
from safehaven.grading.examiner.outputs import Node
from safehaven.grading.examiner.students import Rehearsal

_Notes = list[tuple[str, str]]


def settle(items: list[Node], most: float, *, is_students: bool) -> tuple[list[Node], _Notes]:
    """Give outputs from which nbgrader reads what the test meant.

    What was written to stderr becomes ordinary text, for warnings cost nothing. Of a value at the
    end nbgrader reads the first, so it is held to 0 … most.

    Args:
        items: the outputs.
        most: the points of the test.
        is_students: whether the value at the end may be of the student's making.
    """
    kept: list[Node] = []
    notes: _Notes = []
    for item in items:
        if item.output_type == "stream":
            item.name = "stdout"
        value = item.output_type == "execute_result"
        kept.append(_settled(item, most, notes, is_students) if value else item)
    return kept, notes


def holds(items: list[Node], rehearsal: Rehearsal) -> bool:
    """Whether a test gave no more than it did in the rehearsal.

    Args:
        items: its outputs, before they are settled.
        rehearsal: how it went there.
    """
    if any(item.output_type == "error" for item in items):
        return True
    if not rehearsal.passed:
        return False
    values = [item.data for item in items if item.output_type == "execute_result"]
    given = _number(str(values[0].get("text/plain", ""))) if values else None
    tried = _number(rehearsal.value)
    return given is None or (tried is not None and given <= tried)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _settled(item: Node, most: float, notes: _Notes, is_students: bool) -> Node:
    shown = str(item.data.get("text/plain", ""))
    text, refusal = _points(shown, most, is_students)
    if refusal:
        notes.append(("no-points", refusal))
        return outputs.error({"ename": "PointsError", "evalue": refusal, "traceback": [refusal]})
    if text != shown:
        notes.append(("clipped", f"More points than the {most:g} there are."))
    # nbgrader cannot read a value that shows no text at all.
    item.data["text/plain"] = text or "(shown)"
    return item


def _points(text: str, most: float, is_students: bool) -> tuple[str, str]:
    """Give the text to keep, and why there are no points; nothing where there are."""
    number = _number(text)
    if number is None:
        if is_students and text[:1] in ("'", '"'):
            return text, "The test ended in a text, not in points."
        return text, ""
    if math.isnan(number) or number < 0:
        return text, f"The test ended in {text} points."
    return (repr(most) if number > most else text), ""
