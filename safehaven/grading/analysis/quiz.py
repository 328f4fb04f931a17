"""The questions of a quiz, read back from the cells that the gradebook keeps.

The hidden part of a test cell holds the key and what each wrong answer has misunderstood, and the
cell with the text holds the options in the order of this class. So nothing else is needed: neither
the bank nor the name of the class for which the quiz was drawn.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from safehaven.bank.scoring import score_number, score_text
from safehaven.grading.feedback.markup import as_text
from safehaven.render.answers import READERS, Read

TEXT, POINTS = "-text", "-points"
_KINDS = {
    "read_choice": "multiple",
    "read_order": "ordering",
    "read_pairs": "matching",
    "read_number": "numeric",
    "read_text": "text",
}
_ENTRY = re.compile(r"^- \*\*([A-Z])\*\* – (.*)$", re.M)
_LEFT = re.compile(r"^(\d+)\. (.*)$", re.M)
_HEAD = re.compile(r"^\*\*Question \d+\*\*.*$", re.M)


@dataclass(frozen=True)
class QuizQuestion:
    """A question as a class saw it.

    Attributes:
        name: `L07-g01`, from which the cells have their names.
        kind: single, multiple, numeric, ordering, matching or text.
        stem: what was asked.
        entries: the text of each option, item or right side, by its letter.
        lefts: the text of each left side of a matching question, by its number.
        variable: the name that the student gives the answer.
        arguments: what the reader of this kind takes after the answer.
        right: the key, as the scoring function takes it.
        feedback: for each mark the misunderstanding it shows, as `safehaven.render.feedback` says.
        tolerance: greatest distance from the key that is right, of a number.
        traps: the wrong numbers or words that have a feedback of their own.
        advice: what the student is told to reread.
    """

    name: str
    kind: str
    stem: str
    entries: Mapping[str, str]
    lefts: Mapping[str, str]
    variable: str
    arguments: tuple[Any, ...]
    right: Any
    feedback: Mapping[str, str]
    tolerance: float
    traps: tuple[Any, ...]
    advice: str

    @property
    def bank_id(self) -> str:
        """The id of the question in the bank: `L07.g01`."""
        return self.name.replace("-", ".")

    @cached_property
    def _said(self) -> re.Pattern[str]:
        return re.compile(rf"^{re.escape(self.variable)} is read as: (.*)$", re.M)

    def printed(self, output: str) -> str | None:
        """What the test cell says it has read; None where it says nothing."""
        found = self._said.search(output)
        return found[1] if found else None

    def read(self, given: object) -> Read:
        """What an answer says; None where it cannot be read."""
        read: Read = READERS[self.kind](given, *self.arguments)
        return read

    def trap(self, read: Read) -> str:
        """The mark of the trap that an answer fell into; empty where it fell into none."""
        for number, trap in enumerate(self.traps):
            if self.kind == "numeric" and score_number(read, trap, self.tolerance):
                return f"t{number}"
            if self.kind == "text" and score_text(read, trap):
                return f"t{number}"
        return ""

    def is_right(self, read: Read) -> bool:
        """Whether an answer of one's own words or figures is right."""
        if self.kind == "numeric":
            return bool(score_number(read, self.right, self.tolerance))
        if self.kind == "text":
            return bool(score_text(read, self.right))
        return bool(read == self.right)


def read_question(points_cell: str, sources: Mapping[str, str]) -> QuizQuestion | None:
    """The question that a test cell scores.

    Args:
        points_cell: the grade_id of the test cell.
        sources: the sources of all cells of the notebook, by grade_id.

    Returns:
        None where the cell is not one that the bank makes.
    """
    name = points_cell.removesuffix(POINTS)
    text = sources.get(name + TEXT)
    if name == points_cell or text is None:
        return None
    try:
        return _question(name, text, ast.parse(sources.get(points_cell, "")))
    except (SyntaxError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None  # an instructor has written the cell anew: it is a task like others


def _question(name: str, text: str, tree: ast.Module) -> QuizQuestion:
    values = _assigned(tree)
    call = values["answer"]
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        raise ValueError(f"{name} reads no answer")
    arguments = tuple(ast.literal_eval(argument) for argument in call.args[1:])
    kind = _KINDS[call.func.id]
    if kind == "multiple" and arguments[1:] == (1,):
        kind = "single"
    stem, _, _ = _HEAD.sub("", text).partition("\n- **A** – ")
    lefts = _texts(_LEFT, stem) if kind == "matching" else {}
    return QuizQuestion(
        name=name,
        kind=kind,
        stem=_asked(stem, kind),
        entries=_texts(_ENTRY, text),
        lefts=lefts,
        variable=_variable(tree),
        arguments=arguments,
        right=ast.literal_eval(values["right"]),
        feedback=ast.literal_eval(values["feedback"]),
        tolerance=ast.literal_eval(values["tolerance"]) if "tolerance" in values else 0.0,
        traps=tuple(ast.literal_eval(values["traps"])) if "traps" in values else (),
        advice=_advice(tree),
    )


def _asked(stem: str, kind: str) -> str:
    blocks = [block.strip() for block in stem.split("\n\n") if block.strip()]
    if kind == "matching":
        blocks = [block for block in blocks if not _LEFT.match(block)]
    asked = [as_text(block).strip() for block in blocks if not block.startswith("Unit: ")]
    return " ".join(asked)


def _texts(pattern: re.Pattern[str], markdown: str) -> dict[str, str]:
    return {mark: as_text(text).strip() for mark, text in pattern.findall(markdown)}


def _assigned(tree: ast.Module) -> dict[str, ast.expr]:
    """What the cell itself gives a name, the last time it does so."""
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _variable(tree: ast.Module) -> str:
    """The name in `try: given = answer_g01`."""
    for node in tree.body:
        if isinstance(node, ast.Try) and isinstance(node.body[0], ast.Assign):
            value = node.body[0].value
            if isinstance(value, ast.Name):
                return value.id
    raise ValueError("the cell asks for no answer")


def _advice(tree: ast.Module) -> str:
    """The sentence in `if credit < 1: print('…')`."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "credit < 1":
            call = node.body[0]
            if isinstance(call, ast.Expr) and isinstance(call.value, ast.Call):
                return str(ast.literal_eval(call.value.args[0]))
    return ""
