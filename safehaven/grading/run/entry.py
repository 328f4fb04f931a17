"""The way in: settle what a run needs, and load nbgrader while the sandbox loads its packages."""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from safehaven.grading.run.boxes import sandbox_of
from safehaven.grading.run.course import Course
from safehaven.grading.run.journal import JOURNAL
from safehaven.grading.run.progress import Report
from safehaven.grading.sandbox import Limits, Sandbox

if TYPE_CHECKING:
    from safehaven.grading.report import Run

_REST = "safehaven.grading.run.schedule"


def grade(
    root: Path,
    assignment: str,
    *,
    students: Sequence[str] | None = None,
    workers: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    contained: bool = True,
    scheduler: str = "",
    db: str = "",
    force: bool = False,
    report: Report = lambda _: None,
) -> Run:
    """Grade what a class handed in, and write the report of it.

    What an earlier run finished is kept, as long as the submitted files, the assignment and the
    limits are the same and the gradebook still holds its points; so an interrupted run goes on
    where it was. Points and comments given by hand stay, as `nbgrader autograde --force` lets
    them stay.

    A submission that cannot be graded never becomes a 0. Its row in the gradebook is there, with
    no automatic points (NULL) and all its cells waiting for a person, so that nbgrader's
    `needs_manual_grade` is true; it has no autograded copy, and the formgrader lists it as
    handed in but not autograded. Where an earlier submission of the student was graded, its
    points and its autograded copy stay together as they are, and the formgrader shows that there
    is something newer.

    Args:
        root: an nbgrader course.
        assignment: the name of an assignment that was generated.
        students: whose submissions are graded; everybody's where nothing is said.
        workers: processes that grade side by side on this machine.
        limits: what one submission may use.
        contained: False runs student code as the user, outside the sandbox.
        scheduler: the address of a Dask scheduler, whose workers grade instead. They see the
            course's folder under the same path.
        db: the gradebook's address, where it is not the one of the configuration.
        force: whether all is graded anew.
        report: called with a line for each submission.

    Returns:
        What became of everybody's submission, also of those that an earlier run graded.

    Raises:
        CourseError: the course, the gradebook, the sandbox or the cluster cannot be used. What
            was finished until then is kept.
    """
    course = Course(root.resolve(), assignment, db)
    course.check()
    with ExitStack() as stack:
        sandbox: Sandbox | None = None
        if not scheduler and _is_new(course, force=force):
            sandbox = sandbox_of(course, limits, contained=contained)
            stack.callback(sandbox.close)
            _start_and_load(sandbox)
        # nbgrader takes seconds to import: it may be there by now.
        from safehaven.grading.run.schedule import run_assignment

        return run_assignment(
            course,
            students=students,
            workers=workers,
            limits=limits,
            contained=contained,
            scheduler=scheduler,
            force=force,
            report=report,
            sandbox=sandbox,
        )


def _is_new(course: Course, *, force: bool) -> bool:
    """Whether it is sure enough, before nbgrader is loaded, that student code will be run here."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    own_steps = "autograde_preprocessors" in course.config().Autograde
    return not own_steps and (force or not (course.folder / JOURNAL).exists())


def _load() -> None:
    # What goes wrong goes wrong again, and is told, where it is imported by name.
    with suppress(Exception):
        importlib.import_module(_REST)


def _start_and_load(sandbox: Sandbox) -> None:
    """Start the sandbox here, because it ends with the thread that started it; load elsewhere."""
    loading = threading.Thread(target=_load)
    loading.start()
    try:
        sandbox.start()
    finally:
        loading.join()
