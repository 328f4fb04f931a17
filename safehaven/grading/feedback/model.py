"""What a page of feedback says, before it is HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What became of a check, or of an answer that a person marks.
State = Literal["passed", "partly", "failed", "waiting"]


@dataclass(frozen=True)
class Check:
    """A cell that gives points.

    Attributes:
        cell: its grade_id.
        title: its name, for a person; empty where it has none and needs none.
        got: points that count.
        possible: points that it can give.
        state: what became of it.
        by_hand: whether a person gave the points.
        extra: points that a person added; part of `got`.
        sentences: what went wrong, in plain sentences made here.
        messages: what the check itself says to the student.
        reread: where the check sends the student to read again.
        lines: the student's own lines at which an error arose, the innermost last.
    """

    cell: str
    title: str
    got: float
    possible: float
    state: State
    by_hand: bool = False
    extra: float = 0.0
    sentences: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A cell that the student wrote.

    Attributes:
        is_code: whether it is code; else Markdown.
        text: what the student wrote; empty where it is not shown.
        comment: what the instructor wrote about it, in Markdown.
        is_untouched: whether it is as it was handed out.
        error: how it stopped when it was run; empty where it ran.
    """

    is_code: bool
    text: str
    comment: str = ""
    is_untouched: bool = False
    error: str = ""


@dataclass(frozen=True)
class Task:
    """Answers, and the checks that belong to them.

    Attributes:
        title: its name, for a person.
        question: the text that asks, in Markdown; empty where it is not known.
        reread: where the course teaches it; shown where points are missing.
    """

    title: str
    question: str
    answers: tuple[Answer, ...]
    checks: tuple[Check, ...]
    reread: str = ""

    @property
    def got(self) -> float:
        """Points that count."""
        return sum(check.got for check in self.checks)

    @property
    def possible(self) -> float:
        """Points that it can give."""
        return sum(check.possible for check in self.checks)

    @property
    def state(self) -> State:
        """What became of all its checks."""
        states = {check.state for check in self.checks}
        if "waiting" in states:
            return "waiting"
        if len(states) == 1:
            return states.pop()
        return "partly" if self.got > 0 else "failed"

    @property
    def is_complete(self) -> bool:
        """Whether no point is missing; a check without points has to pass."""
        return all(check.state == "passed" for check in self.checks)

    @property
    def wrong(self) -> tuple[Check, ...]:
        """The checks that did not give all their points."""
        return tuple(check for check in self.checks if check.state in ("failed", "partly"))


@dataclass(frozen=True)
class Standing:
    """What has to be said about a submission as a whole.

    Attributes:
        alarm: that it was not graded, or is in doubt; empty where neither holds.
        notes: what was put right, or what went wrong while it ran.
    """

    alarm: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """The feedback on one notebook.

    Attributes:
        penalty: points taken off because it was late.
        late_seconds: how late it was handed in.
        others: the assignment's points over all its notebooks, got and possible; None where
            this notebook is the only one.
    """

    title: str
    assignment: str
    notebook: str
    student: str
    tasks: tuple[Task, ...] = ()
    penalty: float = 0.0
    late_seconds: float = 0.0
    others: tuple[float, float] | None = None
    standing: Standing = Standing()

    @property
    def graded(self) -> tuple[Task, ...]:
        """The tasks that can give points."""
        return tuple(task for task in self.tasks if task.checks)

    @property
    def got(self) -> float:
        """Points that count, the penalty taken off."""
        return sum(task.got for task in self.tasks) - self.penalty

    @property
    def possible(self) -> float:
        """Points that the notebook can give."""
        return sum(task.possible for task in self.tasks)

    @property
    def is_waiting(self) -> bool:
        """Whether a person has marks to give."""
        return any(task.state == "waiting" for task in self.graded)
