"""What is sent to a worker, and what comes back; all of it can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safehaven.errors import CourseError
from safehaven.grading.outcome import Outcome
from safehaven.grading.preflight import AssignmentSource
from safehaven.grading.run.course import Course
from safehaven.grading.run.rows import Change, Rows
from safehaven.grading.sandbox import Limits


@dataclass(frozen=True)
class Setup:
    """What all submissions of a run have in common.

    Attributes:
        course: the course and the assignment.
        source: the assignment as it was released.
        assignment: the assignment's rows in the gradebook.
        limits: what one submission may use.
        contained: whether student code runs in the sandbox.
    """

    course: Course
    source: AssignmentSource
    assignment: Rows
    limits: Limits
    contained: bool = True


@dataclass(frozen=True)
class Task:
    """One submission to grade.

    Attributes:
        student: the student's id.
        folder: what the student handed in.
        place: the private folder to work in; no other task has it.
        rows: the student's rows in the gradebook.
        version: the fingerprint of all that decides the grade.
        tries: how often a worker was lost over it.
    """

    student: str
    folder: Path
    place: Path
    rows: Rows
    version: str
    tries: int = 0


@dataclass(frozen=True)
class Graded:
    """What a worker made of a submission.

    Attributes:
        outcome: what became of it.
        changes: what has to be written to the gradebook.
        folder: the autograded copy in the task's private folder; None where there is none.
    """

    outcome: Outcome
    changes: tuple[Change, ...] = ()
    folder: Path | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a worker grades nothing at all: a CourseError as it crosses to another process."""

    message: str
    file: str
    remedy: str

    @classmethod
    def of(cls, error: CourseError) -> Refusal:
        """The refusal that an error means."""
        return cls(error.message, str(error.file), error.remedy)

    def error(self) -> CourseError:
        """The error again."""
        return CourseError(self.message, file=self.file, remedy=self.remedy)
