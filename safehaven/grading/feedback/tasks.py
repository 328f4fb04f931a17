"""Cut a graded notebook into tasks: what was asked, what was answered, what was checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from safehaven.grading.feedback.titles import names_something

#: A cell of a notebook, which a student can have filled with anything.
Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A cell of the instructor's notebook, as the gradebook keeps it.

    Attributes:
        name: its grade_id.
        is_code: whether it is code; else Markdown.
        text: its source, hidden regions included.
        is_locked: whether students cannot change it.
        is_graded: whether it is there to give points.
        points: how many it can give.
        is_task: whether it is of nbgrader's kind 'task': answered in cells of the student's own.
    """

    name: str
    is_code: bool
    text: str
    is_locked: bool
    is_graded: bool
    points: float = 0.0
    is_task: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether the student writes in it."""
        return not self.is_locked and not self.is_task

    @property
    def is_remark(self) -> bool:
        """Whether it is the instructor's and gives no points: it says something about the whole."""
        return self.is_check and self.points == 0

    @property
    def is_check(self) -> bool:
        """Whether it is the instructor's, and gives points."""
        return self.is_graded and not self.is_answer


@dataclass
class Part:
    """A task as the notebook has it, while it is put together.

    Attributes:
        texts: the Markdown above the first answer, since the task before.
        answers: the student's cells, with the instructor's source where there is one.
        graded: the cells that give points.
    """

    texts: list[str] = field(default_factory=list)
    answers: list[tuple[Cell, Source | None]] = field(default_factory=list)
    graded: list[tuple[Cell, Source]] = field(default_factory=list)


def parts(cells: Sequence[Cell], sources: Mapping[str, Source]) -> list[Part]:
    """The tasks of a notebook, in their order.

    A task is one or more answers and the cells behind them that give points. It ends where the
    next answer begins, or a heading with a check of its own. A check without points at the end of
    the notebook is a task of its own.

    Args:
        cells: the student's notebook after grading.
        sources: the instructor's cells by grade_id. A grade_id that is not among them, or comes
            a second time, has no meaning.
    """
    cutter = _Cutter()
    seen: set[str] = set()
    for cell in cells:
        source = sources.get(grade_id(cell))
        if source is None:
            cutter.loose(cell)
        elif source.name not in seen:
            seen.add(source.name)
            cutter.known(cell, source)
    cutter.end()
    missing = [s for name, s in sources.items() if s.is_graded and name not in seen]
    return [*cutter.done, *(Part(graded=[({}, source)]) for source in missing)]


class _Cutter:
    """Takes the cells of a notebook in their order, and puts tasks together."""

    def __init__(self) -> None:
        self.done: list[Part] = []
        self._part = Part()
        self._texts: list[str] = []  # Markdown since the last cell with a role
        self._code: list[Cell] = []  # code without a role, since then too
        self._loose: list[Cell] = []  # such code in the task that is put together
        self._is_open = False  # behind a cell of the kind 'task', all cells are the answer

    def loose(self, cell: Cell) -> None:
        """A cell without a role: the instructor's text, an example, or the student's own."""
        if not text_of(cell).strip():
            return
        if self._is_open:
            self._part.answers.append((cell, None))
        elif cell.get("cell_type") == "markdown":
            self._texts.append(text_of(cell))
        elif cell.get("cell_type") == "code":
            self._code.append(cell)

    def known(self, cell: Cell, source: Source) -> None:
        """A cell of the instructor's notebook."""
        if not (source.is_answer or source.is_task or source.is_graded):
            if not source.is_code:
                self._is_open = False
                self._texts.append(source.text)
            return
        begins = source.is_answer or source.is_task or any(map(names_something, self._texts))
        if self._part.graded and begins:
            self._close()
        self._part.texts += self._texts if not self._part.answers else []
        self._loose += self._code
        self._texts, self._code = [], []
        self._is_open = source.is_task
        if source.is_task:
            self._part.texts.append(source.text)
        if source.is_answer:
            self._part.answers.append((cell, source))
        if source.is_graded:
            self._part.graded.append((cell, source))

    def end(self) -> None:
        """There are no more cells."""
        closing = None
        if len(self._part.graded) > 1 and self._part.graded[-1][1].is_remark:
            closing = self._part.graded.pop()
        if self._part.answers or self._part.graded:
            self._close()
        if closing:
            self.done.append(Part(graded=[closing]))

    def _close(self) -> None:
        if not self._part.answers:
            # Some courses leave the answers in cells that nbgrader knows nothing of.
            self._part.answers = [(cell, None) for cell in self._loose]
        self.done.append(self._part)
        self._part, self._loose = Part(), []


def grade_id(cell: Cell) -> str:
    """The grade_id of a cell; empty where it has none, whatever its metadata hold."""
    metadata = cell.get("metadata")
    given = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    name = given.get("grade_id") if isinstance(given, Mapping) else None
    return name if isinstance(name, str) else ""


def text_of(cell: Cell) -> str:
    """The source of a cell; a notebook keeps it whole or in a list of lines."""
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
