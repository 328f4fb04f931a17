"""Schedule a run: what is left to do, who does it, and what is written when it is done."""

from __future__ import annotations

import os
import shutil
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import chain, count

from safehaven.errors import CourseError
from safehaven.grading.outcome import Outcome, printable
from safehaven.grading.preflight import (
    AssignmentSource,
    Submission,
    find_submissions,
    load_source,
)
from safehaven.grading.report import Run, write_report
from safehaven.grading.run.autograded import Autograded
from safehaven.grading.run.cluster import ClusterPool
from safehaven.grading.run.convert import executes
from safehaven.grading.run.course import Course
from safehaven.grading.run.fingerprint import (
    files_fingerprint,
    fingerprint,
    folder_fingerprint,
    grades_fingerprint,
)
from safehaven.grading.run.gradebook import CourseGradebook, check_database
from safehaven.grading.run.journal import JOURNAL, Entry, Journal, read_journal
from safehaven.grading.run.local import LocalPool
from safehaven.grading.run.lock import locked
from safehaven.grading.run.pool import Finished, Lost, Pool
from safehaven.grading.run.progress import Progress, Report
from safehaven.grading.run.rows import Rows
from safehaven.grading.run.task import Graded, Setup, Task
from safehaven.grading.run.worker import ungradable
from safehaven.grading.sandbox import Limits, Sandbox, bubblewrap

#: How often a submission is tried again when its worker is lost.
RETRIES = 2
#: Submissions whose rows are read at a time: memory does not grow with the class.
_AT_A_TIME = 32
#: Workers for each core: some wait for their kernels while others compute.
_SIDE_BY_SIDE = 2


def run_assignment(
    course: Course,
    *,
    students: Sequence[str] | None,
    workers: int | None,
    limits: Limits,
    contained: bool,
    scheduler: str,
    force: bool,
    report: Report,
    sandbox: Sandbox | None,
) -> Run:
    """Grade an assignment, as `safehaven.grading.run.grade` says.

    Args:
        course: the course and the assignment.
        students: whose submissions are graded; everybody's where nothing is said.
        workers: processes on this machine; as many as do it good where nothing is said.
        limits: what one submission may use.
        contained: whether student code runs in the sandbox.
        scheduler: the address of a Dask scheduler; empty to grade on this machine.
        force: whether all is graded anew.
        report: called with a line for each submission.
        sandbox: a sandbox that is started already, where there is one.

    Raises:
        CourseError: bubblewrap is missing, said before anything is written; or the assignment,
            the gradebook or the machine stand in the way.
    """
    started = datetime.now(UTC)
    begun = time.monotonic()
    check_database(course)
    if contained and not scheduler and executes(course):
        bubblewrap.program()
    source = load_source(course.root, course.assignment, db=course.db)
    with ExitStack() as stack:
        stack.enter_context(locked(course.folder))
        gradebook = stack.enter_context(CourseGradebook(course))
        setup = Setup(course, source, gradebook.assignment, limits, contained)
        wanted = _wanted(course, source, students)
        journal = stack.enter_context(Journal(course.folder / JOURNAL))
        grading = _Grading(setup, gradebook, journal, Progress(len(wanted), report))
        stack.callback(grading.clear)
        grading.clear()
        tasks = grading.tasks(wanted, force=force)
        first = next(tasks, None)
        most = min(workers or _workers(), len(wanted))
        if first is not None:
            gradebook.release()
            with _pool(setup, most, scheduler, sandbox) as pool:
                grading.work(pool, chain([first], tasks))
                most = pool.size()
        run = Run(
            course=source.course_id,
            assignment=course.assignment,
            outcomes=grading.all_outcomes(missing=students is None),
            started=started,
            seconds=time.monotonic() - begun,
            workers=most,
            contained=contained,
            resumed=grading.kept,
        )
        write_report(run, course.folder)
        return run


def _workers() -> int:
    return _SIDE_BY_SIDE * len(os.sched_getaffinity(0))


@contextmanager
def _pool(setup: Setup, workers: int, scheduler: str, sandbox: Sandbox | None) -> Iterator[Pool]:
    pool = ClusterPool(setup, scheduler) if scheduler else LocalPool(setup, workers, sandbox)
    try:
        yield pool
    finally:
        pool.close()


def _wanted(
    course: Course, source: AssignmentSource, students: Sequence[str] | None
) -> list[Submission]:
    """The submissions to look at.

    Raises:
        CourseError: a student who was named has handed nothing in.
    """
    found = {submission.student: submission for submission in find_submissions(source)}
    excluded = course.directory().student_id_exclude.split(",")
    if students is None:
        return [one for name, one in found.items() if name not in excluded]
    unknown = [name for name in students if name not in found]
    if unknown:
        raise CourseError(
            f"Nothing was handed in by {', '.join(map(printable, unknown))}.",
            file=source.submitted_root,
            remedy="Name students as their folders are named.",
        )
    return [found[name] for name in dict.fromkeys(students)]


class _Grading:
    """A run in work: what is left to do, and what becomes of it.

    Attributes:
        kept: how many submissions an earlier run had finished.
    """

    def __init__(
        self, setup: Setup, gradebook: CourseGradebook, journal: Journal, progress: Progress
    ) -> None:
        self.kept = 0
        self._setup = setup
        self._gradebook = gradebook
        self._journal = journal
        self._progress = progress
        self._autograded = Autograded(setup.course)
        self._entries = read_journal(setup.course.folder / JOURNAL)
        self._version = _version(setup)
        self._numbers = count()

    def clear(self) -> None:
        """Put away what a run, this one or an interrupted one, worked with."""
        self._autograded.restore()

    def tasks(self, wanted: Sequence[Submission], *, force: bool) -> Iterator[Task]:
        """What is to be graded. Students and submissions are entered in the gradebook first."""
        for start in range(0, len(wanted), _AT_A_TIME):
            some = wanted[start : start + _AT_A_TIME]
            enterable = [s.student for s in some if CourseGradebook.can_hold(s.student)]
            self._gradebook.enter(enterable)
            rows = self._gradebook.read(enterable)
            for submission in some:
                task = self._task(submission, rows.get(submission.student))
                if not force and self._is_finished(task):
                    self.kept += 1
                    self._progress.keep()
                elif not task.rows:
                    self._settle([Finished(task, _nameless(task, self._setup.course.assignment))])
                else:
                    yield task

    def _task(self, submission: Submission, rows: Rows | None) -> Task:
        return Task(
            student=submission.student,
            folder=submission.folder,
            place=self._setup.course.work / str(next(self._numbers)),
            rows=rows or {},
            version=fingerprint(self._version, folder_fingerprint(submission.folder)),
        )

    def _is_finished(self, task: Task) -> bool:
        """Whether journal, gradebook and autograded copy agree that this was graded."""
        entry = self._entries.get(task.student)
        if entry is None or entry.version != task.version:
            return False
        if entry.grades != grades_fingerprint(task.rows.get("grade", ())):
            return False
        has_copy = entry.outcome.score is not None
        return not has_copy or self._autograded.folder(task.student).is_dir()

    def work(self, pool: Pool, tasks: Iterator[Task]) -> None:
        """Have all tasks done; no more of them are held than are worked on."""
        again: deque[Task] = deque()
        in_work = 0
        while True:
            while pool.room() > 0:
                task = again.popleft() if again else next(tasks, None)
                if task is None:
                    break
                pool.submit(task)
                in_work += 1
            if not in_work:
                return
            came = pool.wait()
            in_work -= len(came)
            again += self._to_try_again(came)
            self._settle([self._given_up(one) for one in came if _is_settled(one)])

    def _to_try_again(self, came: Iterable[Finished | Lost]) -> list[Task]:
        return [replace(one.task, tries=one.task.tries + 1) for one in came if not _is_settled(one)]

    def _given_up(self, one: Finished | Lost) -> Finished:
        if isinstance(one, Finished):
            return one
        reason = f"The process that graded it was lost {one.task.tries + 1} times: {one.how}."
        outcome = ungradable(one.task, self._setup.course.assignment, reason)
        return Finished(one.task, Graded(outcome))

    def _settle(self, finished: Sequence[Finished]) -> None:
        """Write what became of submissions: gradebook, autograded copy, journal, in this order.

        An interruption in between leaves them out of the journal: they are graded again, and
        written again, with the same result.
        """
        self._gradebook.write([change for one in finished for change in one.graded.changes])
        entries = []
        for one in finished:
            task, graded = one.task, one.graded
            if graded.folder is not None:
                self._autograded.replace(task.student, graded.folder, task.place)
            shutil.rmtree(task.place, ignore_errors=True)
            entries.append(Entry(task.version, _grades_after(task, graded), graded.outcome))
        self._journal.add(entries)
        for entry in entries:
            self._entries[entry.outcome.student] = entry
            self._progress.add(entry.outcome)

    def all_outcomes(self, *, missing: bool) -> tuple[Outcome, ...]:
        """What became of everybody, by the order of the students' ids.

        Args:
            missing: whether enrolled students are listed who handed nothing in.
        """
        name = self._setup.course.assignment
        there = {submission.student for submission in find_submissions(self._setup.source)}
        found = {s: entry.outcome for s, entry in self._entries.items() if s in there}
        if missing:
            absent = [s for s in self._setup.source.students if s not in there]
            found |= {student: Outcome(student, name, "missing") for student in absent}
        return tuple(found[student] for student in sorted(found))


def _is_settled(one: Finished | Lost) -> bool:
    return isinstance(one, Finished) or one.final or one.task.tries >= RETRIES


def _grades_after(task: Task, graded: Graded) -> str:
    """The fingerprint of the points that the gradebook holds when all is written."""
    new = {c.row: c.values["auto_score"] for c in graded.changes if "auto_score" in c.values}
    rows = task.rows.get("grade", [])
    return grades_fingerprint(
        row | {"auto_score": new.get(row["id"], row["auto_score"])} for row in rows
    )


def _nameless(task: Task, assignment: str) -> Graded:
    """What becomes of a folder whose name no gradebook can hold."""
    reason = "The folder's name cannot be a student's id in the gradebook; rename it."
    return Graded(Outcome(task.student, assignment, "ungradable", reason=reason))


def _version(setup: Setup) -> str:
    """The fingerprint of everything but a submission that decides its points."""
    from nbgrader.utils import find_all_files

    directory = setup.course.directory()
    folders = [
        directory.format_path(step, ".", setup.course.assignment)
        for step in (directory.source_directory, directory.release_directory)
    ]
    files = [path for folder in folders for path in find_all_files(folder, directory.ignore)]
    cells = {name: rows for name, rows in setup.assignment.items() if "cell" in name}
    return fingerprint(files_fingerprint(files), cells, asdict(setup.limits))
