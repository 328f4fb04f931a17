"""Grade submissions, one after the other, in a process that is kept for it.

nbgrader changes the folder and the environment of its process, so what grades side by side are
processes. A worker writes nothing but its private folder: what it found goes back to the process
that runs everything, which alone writes to the gradebook and to the autograded submissions.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from nbgrader.api import Gradebook

from safehaven.errors import CourseError
from safehaven.grading.examiner import notes as examiners_notes
from safehaven.grading.outcome import Note, Outcome, printable, status_of
from safehaven.grading.preflight import prepare
from safehaven.grading.run.boxes import sandbox_of
from safehaven.grading.run.convert import ConversionError, Converter, executes
from safehaven.grading.run.private_gradebook import PrivateGradebook
from safehaven.grading.run.task import Graded, Setup, Task
from safehaven.grading.sandbox import Sandbox, SandboxError, TooLargeError, use

#: Errors of the machine, which say nothing about a submission.
_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM}


class LostWorkerError(Exception):
    """A worker can grade nothing more; the submission is to be graded by another."""


class Worker:
    """Grades submissions of one assignment; a context manager."""

    def __init__(self, setup: Setup, sandbox: Sandbox | None = None) -> None:
        """Prepare everything that can be prepared once.

        Args:
            setup: what all submissions have in common.
            sandbox: where student code runs, where one is started already.

        Raises:
            CourseError: there can be no sandbox here, or the configuration cannot be used.
        """
        self._setup = setup
        self._stack = ExitStack()
        with ExitStack() as stack:
            self._gradebook = stack.enter_context(PrivateGradebook(setup.assignment))
            if sandbox is None and executes(setup.course):
                sandbox = stack.enter_context(
                    sandbox_of(setup.course, setup.limits, contained=setup.contained)
                )
            if sandbox is not None:
                stack.enter_context(use(sandbox))
            self._converter = Converter(setup.course, self._gradebook.url, setup.limits)
            self._stack = stack.pop_all()

    def grade(self, task: Task) -> Graded:
        """Grade a submission. What is wrong with it is in the outcome, and never raised.

        Raises:
            LostWorkerError: the sandbox is gone.
            CourseError: the machine, not the submission, stands in the way.
        """
        begun = time.monotonic()
        try:
            graded = self._grade(task)
        except OSError as error:
            if error.errno in _MACHINE:
                raise _machine_error(task.place, error) from error
            raise
        return replace(graded, outcome=replace(graded.outcome, seconds=time.monotonic() - begun))

    def _grade(self, task: Task) -> Graded:
        course = self._setup.course
        # Its own for each try: a worker that was thought lost may still be at it.
        task.place.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(dir=task.place))
        prepared = prepare(task.folder, task.student, course.assignment, self._setup.source, place)
        if prepared.folder is None:
            return self._ungraded(task, prepared.notes, prepared.reason)
        self._gradebook.load(task.rows)
        try:
            folder = self._converter.convert(place, prepared.folder, task.student)
        except ConversionError as error:
            reason = _reason(error)
        else:
            reason = ""
        notes = (*prepared.notes, *examiners_notes.collect())
        shutil.rmtree(place / "submitted", ignore_errors=True)
        if reason:
            return self._ungraded(task, notes, reason)
        return self._graded(task, notes, folder)

    def _graded(self, task: Task, notes: tuple[Note, ...], folder: Path) -> Graded:
        with Gradebook(self._gradebook.url, self._setup.source.course_id) as gradebook:
            work = gradebook.find_submission(self._setup.course.assignment, task.student)
            outcome = Outcome(
                student=task.student,
                assignment=self._setup.course.assignment,
                status=status_of(notes),
                notes=notes,
                score=work.score,
                maximum=work.max_score,
                late_seconds=float(work.total_seconds_late),
                needs_manual=bool(work.needs_manual_grade),
            )
        return Graded(outcome, tuple(self._gradebook.changes(task.rows)), folder)

    def _ungraded(self, task: Task, notes: tuple[Note, ...], reason: str) -> Graded:
        return Graded(ungradable(task, self._setup.course.assignment, reason, notes))

    def close(self) -> None:
        """Let go of the sandbox and the memory."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def ungradable(task: Task, assignment: str, reason: str, notes: tuple[Note, ...] = ()) -> Outcome:
    """The outcome of a submission that could not be graded, whatever the reason.

    Points of an earlier submission stand: the gradebook and the autograded copy go together.
    """
    if any(row["auto_score"] is not None for row in task.rows["grade"]):
        text = "The points in the gradebook are those of an earlier submission."
        notes = (*notes, Note("earlier-points", text))
    return Outcome(task.student, assignment, status_of(notes, reason), notes, reason)


def _reason(error: ConversionError) -> str:
    """Why nbgrader failed.

    Raises:
        LostWorkerError, CourseError, OSError: it was no fault of the submission.
    """
    cause: Any = error.__cause__ or error
    if isinstance(cause, SandboxError):
        raise LostWorkerError(str(cause)) from error
    if isinstance(cause, CourseError) or (isinstance(cause, OSError) and cause.errno in _MACHINE):
        raise cause
    if isinstance(cause, TooLargeError):
        return str(cause)
    said = printable(str(cause).strip().splitlines()[0] if str(cause).strip() else "", 300)
    return f"nbgrader could not grade it: {type(cause).__name__}: {said}".rstrip(": ") + "."


def _machine_error(place: Path, error: OSError) -> CourseError:
    return CourseError(
        f"This machine cannot go on: {error.strerror}.",
        file=error.filename or place,
        remedy="Make room, or use fewer workers. What was graded so far is kept: the same "
        "command goes on from there.",
    )
