"""Write the feedback on an assignment for a whole class, side by side."""

from __future__ import annotations

import glob
import multiprocessing
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safehaven.assignments.stock import find_programs, reason
from safehaven.errors import CourseError
from safehaven.folders import MARKER
from safehaven.grading.feedback.model import Page
from safehaven.grading.feedback.seam import configure
from safehaven.grading.feedback.standing import outcomes, standing
from safehaven.grading.outcome import Outcome

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

Report = Callable[[str], object]

#: What nbgrader's exchange needs beside a page to hand it back to its student.
_EXCHANGE_FILES = ("timestamp.txt", "submission_secret.txt")
_LARGEST_EXCHANGE_FILE = 4096


@dataclass(frozen=True)
class Made:
    """What became of the feedback on one student's work.

    Attributes:
        student: the student's id.
        pages: the pages written.
        failure: why there are none; empty where there are.
    """

    student: str
    pages: tuple[Path, ...] = ()
    failure: str = ""


@dataclass(frozen=True)
class FeedbackRun:
    """The feedback on an assignment.

    Attributes:
        folder: where it lies.
        made: one entry a student, in the order of their ids.
    """

    folder: Path
    made: tuple[Made, ...]

    @property
    def failures(self) -> tuple[Made, ...]:
        """The students without feedback."""
        return tuple(made for made in self.made if made.failure)

    def __str__(self) -> str:
        pages = sum(len(made.pages) for made in self.made)
        students = len(self.made) - len(self.failures)
        lines = [f"{made.student}: {made.failure}" for made in self.failures]
        lines.append(f"Feedback for {students} students, {pages} pages, in {self.folder}.")
        if self.failures:
            lines.append(f"{len(self.failures)} students have none; see above.")
        return "\n".join(lines)


def feedback(
    root: Path,
    assignment: str,
    students: Sequence[str] | None = None,
    *,
    workers: int | None = None,
    db: str = "",
    report: Report = lambda _: None,
) -> FeedbackRun:
    """Write a page for every graded notebook, and one for work that could not be graded.

    Pages that are there already are written anew, since marks may have been given since.

    Args:
        root: the root of any nbgrader course.
        assignment: its name.
        students: ids; None for all whose work was graded, or was found to be ungradable.
        workers: processes; one for each core where nothing is said.
        db: the gradebook's address, where it is not the one of the configuration.
        report: called with a line for every student.

    Raises:
        CourseError: there is no course, or nothing to write feedback about.
    """
    api = _api(root, db)
    course = api.coursedir
    graded = _graded(course, assignment)
    told = outcomes(root, assignment)
    refused = {s: o for s, o in told.items() if o.status == "ungradable" and s not in graded}
    wanted = list(dict.fromkeys(students)) if students is not None else [*graded, *refused]
    if not wanted:
        raise CourseError(
            f"No work of '{assignment}' has been graded.",
            file=Path(course.root) / course.autograded_directory,
            remedy=f"Run 'safehaven grade {assignment}' first.",
        )
    notebooks = _notebooks(api, assignment)
    made: list[Made] = []

    def tell(one: Made) -> None:
        made.append(one)
        state = one.failure or f"{len(one.pages)} {'page' if len(one.pages) == 1 else 'pages'}"
        report(f"{len(made)}/{len(wanted)}  {one.student}  {state}")

    for student in (s for s in wanted if s not in graded):
        outcome = refused.get(student)
        tell(
            _notice(course, outcome, notebooks)
            if outcome
            else Made(student, failure="nothing of this assignment has been graded")
        )
    for one in _in_parallel(root, db, assignment, [s for s in wanted if s in graded], workers):
        tell(one)
    folder = Path(course.format_path(course.feedback_directory, "*", assignment))
    return FeedbackRun(_above_pattern(folder), tuple(sorted(made, key=lambda one: one.student)))


def _above_pattern(path: Path) -> Path:
    """The folder that holds those of all students."""
    return next(parent for parent in path.parents if "*" not in str(parent))


def _api(root: Path, db: str = "") -> NbGraderAPI:
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / MARKER).is_file():
        raise CourseError(
            "There is no nbgrader course here.",
            file=root / MARKER,
            remedy="Run it in the folder that holds nbgrader_config.py.",
        )
    find_programs()
    config = PyFileConfigLoader(MARKER, path=str(root)).load_config()
    config.CourseDirectory.root = str(root.resolve())
    if db:
        config.CourseDirectory.db_url = db
    configure(config)
    return NbGraderAPI(config=config)


def _graded(course: Any, assignment: str) -> list[str]:
    """The students whose graded notebooks lie in the course."""
    folder = course.autograded_directory
    pattern = course.format_path(folder, "(?P<student>.*)", assignment, escape=True)
    matches = (
        re.fullmatch(pattern, path)
        for path in glob.iglob(course.format_path(folder, "*", assignment))  # noqa: PTH207
        if any(Path(path).glob("*.ipynb"))
    )
    return sorted(match["student"] for match in matches if match)


def _notebooks(api: NbGraderAPI, assignment: str) -> list[str]:
    from nbgrader.api import MissingEntry

    with api.gradebook as gradebook:
        try:
            return sorted(n.name for n in gradebook.find_assignment(assignment).notebooks)
        except MissingEntry:
            raise CourseError(
                f"The gradebook has no assignment '{assignment}'.",
                file=Path(api.coursedir.root),
                remedy=f"Run 'nbgrader generate_assignment {assignment}' first.",
            ) from None


# --- work that was not graded -----------------------------------------------------------------


def _notice(course: Any, outcome: Outcome, notebooks: Sequence[str]) -> Made:
    """A page that says why there is no grade, for each notebook of the assignment."""
    from safehaven.grading.feedback.exporter import render

    student, assignment = outcome.student, outcome.assignment
    folder = Path(course.format_path(course.feedback_directory, student, assignment))
    if not _is_below(folder, Path(course.root)):
        return Made(student, failure="this id cannot be the name of a folder")
    folder.mkdir(parents=True, exist_ok=True)
    pages = []
    for name in notebooks:
        page = Page(assignment, assignment, name, student, standing=standing(outcome, name))
        file = folder / f"{name}.html"
        file.write_text(render(page), encoding="utf-8")
        pages.append(file)
    submitted = Path(course.format_path(course.submitted_directory, student, assignment))
    for name in _EXCHANGE_FILES:
        _copy_small(submitted / name, folder / name)
    return Made(student, tuple(pages))


def _is_below(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _copy_small(file: Path, to: Path) -> None:
    """Copy a file of a student's folder if it is an ordinary, small one."""
    try:
        found = file.lstat()
    except OSError:
        return
    if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST_EXCHANGE_FILE:
        shutil.copyfile(file, to, follow_symlinks=False)


# --- work that was graded ---------------------------------------------------------------------

#: In a process of the pool: nbgrader for the course, made once because loading it takes seconds.
_worker: dict[str, NbGraderAPI] = {}


def _in_parallel(
    root: Path, db: str, assignment: str, students: Sequence[str], workers: int | None
) -> Iterator[Made]:
    if not students:
        return
    count = min(workers or os.cpu_count() or 1, len(students))
    # nbgrader changes the working folder of its process, so those at work are processes.
    with ProcessPoolExecutor(
        max_workers=count,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(root, db),
    ) as pool:
        futures = {pool.submit(_make, assignment, student): student for student in students}
        for future in as_completed(futures):
            yield _result(future, futures[future])


def _start_worker(root: Path, db: str) -> None:
    _worker["api"] = _api(root, db)


def _make(assignment: str, student: str) -> Made:
    """Write the feedback on one student's work, in a process of the pool."""
    from nbgrader.utils import capture_log, temp_attrs

    from safehaven.grading.feedback.converter import OneStudentsFeedback

    api = _worker["api"]
    with temp_attrs(api.coursedir, assignment_id=assignment, student_id=student):
        converter = OneStudentsFeedback(coursedir=api.coursedir, parent=api)
        converter.force = True
        result = capture_log(converter)
    if not result["success"]:
        return Made(student, failure=reason(result))
    course = api.coursedir
    folder = Path(course.format_path(course.feedback_directory, student, assignment))
    return Made(student, tuple(sorted(folder.glob("*.html"))))


def _result(future: Future[Made], student: str) -> Made:
    try:
        return future.result()
    except BrokenProcessPool:
        return Made(student, failure="the process that wrote it ended")
