"""What each student answered, from the graded notebooks.

The test cell of a question says how it has read the answer; where its output is gone, the answer
is taken from the student's own cell, as far as it stands there as a plain value. Nothing of a
student's is run.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from safehaven.grading.analysis.quiz import POINTS, QuizQuestion
from safehaven.grading.feedback.tasks import grade_id, text_of
from safehaven.render.answers import Read

State = Literal["read", "blank", "unreadable"]


@dataclass(frozen=True)
class Answer:
    """One student's answer to one question.

    Attributes:
        state: whether it was read, left blank, or cannot be read.
        read: what it says, where it was read.
    """

    state: State
    read: Read = None


def answers_of(notebook: Path, questions: Sequence[QuizQuestion]) -> dict[str, Answer]:
    """The answers in a graded notebook, by the name of the question.

    Args:
        notebook: an .ipynb file of the folder `autograded`; a student's, so it may hold anything.
        questions: those of the quiz.

    Returns:
        Nothing for questions that are not in it, and nothing at all where it cannot be read.
    """
    try:
        content: Any = json.loads(notebook.read_bytes())
        cells = [cell for cell in content["cells"] if isinstance(cell, Mapping)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    outputs = {grade_id(cell): _printed(cell) for cell in cells}
    written = dict(_plain_values(cells))
    return {
        question.name: _answer(question, outputs[question.name + POINTS], written)
        for question in questions
        if question.name + POINTS in outputs
    }


def _answer(question: QuizQuestion, output: str, written: Mapping[str, object]) -> Answer:
    said = question.printed(output)
    if said is not None:
        read = question.read(said)
        return Answer("read", read) if read is not None else Answer("unreadable")
    if f"{question.variable} is still empty" in output:
        return Answer("blank")
    if f"{question.variable} cannot be read" in output:
        return Answer("unreadable")
    given = written.get(question.variable)
    if given is None:
        return Answer("blank")
    read = question.read(given)
    return Answer("read", read) if read is not None else Answer("unreadable")


def _printed(cell: Mapping[str, Any]) -> str:
    outputs = cell.get("outputs")
    texts = [
        output.get("text", "")
        for output in (outputs if isinstance(outputs, list) else [])
        if isinstance(output, Mapping) and output.get("name") == "stdout"
    ]
    return "".join("".join(map(str, t)) if isinstance(t, list) else str(t) for t in texts)


def _plain_values(cells: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, object]]:
    """Each `answer_g01 = "B"` of the student's cells; the last of a name stands."""
    for cell in cells:
        source = text_of(cell)
        if cell.get("cell_type") != "code" or not re.search(r"^\s*answer_", source, re.M):
            continue
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                try:
                    yield node.targets[0].id, ast.literal_eval(node.value)
                except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                    continue
