"""Run the demo class: simulated students hand in, stock nbgrader grades, and all is compared.

It works in a folder of its own, with a gradebook of its own, so an instructor's class is never
touched. The folder is an ordinary nbgrader course afterwards: the formgrader opens on it.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safehaven.assignments import answers
from safehaven.assignments.stock import nbgrader_api, reason
from safehaven.errors import CourseError, raise_all
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.plan import HandIn, load_plan
from safehaven.grading.tables import table

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

Report = Callable[[str], object]

GRADES = "grades.csv"
LOG = "grading.log"
_OURS = "Made by 'safehaven demo-class' or 'safehaven rehearsal', and replaced each time.\n"
_NOTE = "demo-class.txt"
_TOLERANCE = 1e-3


@dataclass(frozen=True)
class Graded:
    """What nbgrader's autograding of one submission gave.

    Attributes:
        seconds: how long it took, in seconds.
        failure: why it failed; empty where it did not.
    """

    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one notebook of the demo class.

    Attributes:
        hand_in: what was handed in, and what it had to get.
        score: the points in the gradebook; None where there is no submission.
        in_csv: the points in the exported table; None where the row is missing.
        maximum: the points that the assignment can give, by the gradebook.
        by_hand: whether the gradebook waits for a person's marks.
        differences: everything that is not as it must be, in words.
        seconds: how long autograding took, in seconds.
    """

    hand_in: HandIn
    score: float | None
    in_csv: float | None
    maximum: float
    by_hand: bool
    differences: tuple[str, ...]
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether nothing differs."""
        return not self.differences


def default_folder(folders: CourseFolders) -> Path:
    """Where the demo class lies."""
    return folders.build / "demo-class"


def run_demo_class(
    folders: CourseFolders,
    target: Path | None = None,
    *,
    workers: int | None = None,
    plan: Sequence[HandIn] | None = None,
    report: Report = lambda _: None,
) -> list[Outcome]:
    """Hand in, autograde, give feedback, export, and compare with what must come out.

    Args:
        folders: the course; its exercises must be up to date.
        target: the folder to work in; _build/demo-class where nothing is said.
        workers: processes that grade side by side; one for each core where nothing is said.
        plan: what is handed in, where it is not assessments/demo-class.yaml.
        report: called with a line for every step.

    Raises:
        CourseError, CourseErrors: the plan, the course or the folder cannot be used.
    """
    handed_in = list(plan) if plan is not None else load_plan(folders)
    demo = prepare(folders, target or default_folder(folders), handed_in)
    report(f"{len(handed_in)} notebooks handed in; nbgrader grades them")
    who = [(h.student, h.assignment) for h in handed_in]
    graded = grade(demo, who, workers=workers, report=report)
    export(demo)
    outcomes = compare(demo, handed_in, graded)
    (demo.root / "outcomes.txt").write_text(outcome_table(outcomes) + "\n", encoding="utf-8")
    return outcomes


def outcome_table(outcomes: Sequence[Outcome]) -> str:
    """One row a notebook, what differs below, and a sentence at the end."""
    head = ("student", "what", "assignment", "expected", "got", "in CSV", "of", "by hand", "right")
    rows = [
        (
            o.hand_in.student,
            o.hand_in.what,
            o.hand_in.assignment,
            o.hand_in.score,
            o.score if o.score is not None else "-",
            o.in_csv if o.in_csv is not None else "-",
            o.maximum,
            "needs manual grading" if o.by_hand else "",
            "yes" if o.is_right else "NO",
        )
        for o in outcomes
    ]
    wrong = [
        f"{o.hand_in.student}, {o.hand_in.assignment}: {difference}"
        for o in outcomes
        for difference in o.differences
    ]
    students = len({o.hand_in.student for o in outcomes})
    right = sum(o.is_right for o in outcomes)
    end = [f"{students} students, {len(outcomes)} notebooks, {right} as they must be."]
    if any(o.hand_in.seconds_late for o in outcomes):
        end.append("Late work loses no points: nbgrader records how late it is.")
    return "\n".join([table(head, rows, widest=44), *(["", *wrong] if wrong else []), "", *end])


# --- the folder -------------------------------------------------------------------------------


def prepare(folders: CourseFolders, target: Path, handed_in: Sequence[HandIn]) -> CourseFolders:
    """Make the folder: configuration, assignments with their due dates, and submissions.

    Raises:
        CourseError, CourseErrors: something else lies there, or exercises/ is not up to date.
    """
    _empty(target)
    demo = CourseFolders(target)
    shutil.copyfile(folders.root / MARKER, target / MARKER)
    due = {h.assignment: h.due for h in handed_in}
    for name in due:
        shutil.copytree(
            folders.solutions / name,
            demo.solutions / name,
            ignore=shutil.ignore_patterns("answers", "*.md", ".ipynb_checkpoints"),
        )
    api = nbgrader_api(demo)
    for name, moment in due.items():
        _generate(api, folders, demo, name)
        with api.gradebook as gradebook:
            gradebook.update_or_create_assignment(name, duedate=_utc(moment))
    raise_all(_not_up_to_date(folders, demo, list(due)))
    for hand_in in handed_in:
        _submit(folders, demo, hand_in)
    return demo


def _empty(target: Path) -> None:
    if target.exists() and any(target.iterdir()):
        if not (target / _NOTE).is_file():
            raise CourseError(
                "This folder holds something else than a demo class.",
                file=target,
                remedy="Name an empty folder, or one that does not exist yet.",
            )
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / _NOTE).write_text(_OURS, encoding="utf-8")


def _generate(api: NbGraderAPI, folders: CourseFolders, demo: CourseFolders, name: str) -> None:
    if not any((demo.solutions / name).glob("*.ipynb")):
        raise CourseError(
            f"The instructor's notebook of '{name}' does not exist yet.",
            file=folders.solutions / name,
            remedy="Run 'safehaven derive'.",
        )
    result = api.generate_assignment(name)
    if not result["success"]:
        raise CourseError(
            f"nbgrader refused the assignment: {reason(result)}.",
            file=folders.solutions / name,
            remedy="Run 'safehaven derive' and mend what it names.",
        )


def _not_up_to_date(
    folders: CourseFolders, demo: CourseFolders, names: Sequence[str]
) -> Iterator[CourseError]:
    for name in names:
        for fresh in sorted((demo.exercises / name).rglob("*")):
            kept = folders.exercises / fresh.relative_to(demo.exercises)
            if fresh.is_file() and (not kept.is_file() or kept.read_bytes() != fresh.read_bytes()):
                yield CourseError(
                    "The student version is not up to date.",
                    file=kept,
                    remedy="Run 'safehaven derive'.",
                )


def _submit(folders: CourseFolders, demo: CourseFolders, hand_in: HandIn) -> None:
    folder = demo.root / "submitted" / hand_in.student / hand_in.assignment
    shutil.copytree(folders.exercises / hand_in.assignment, folder)
    text = answers.submission(folders, hand_in.source, {a.cell: a for a in hand_in.answers})
    (folder / f"{hand_in.source.file.stem}.ipynb").write_text(text, encoding="utf-8")
    (folder / "timestamp.txt").write_text(_utc(hand_in.handed_in) + "\n", encoding="utf-8")


def _utc(moment: Any) -> str:
    return str(moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"))


# --- grading ----------------------------------------------------------------------------------

#: In a grading process: nbgrader for the folder, made once because loading it takes seconds.
_worker: dict[str, NbGraderAPI] = {}


def _start_worker(root: str) -> None:
    # nbgrader, the database library and every kernel warn on stderr; it is kept in a file, so
    # that the one table a person reads stands alone.
    with (Path(root) / LOG).open("ab") as log:
        os.dup2(log.fileno(), 2)
    _worker["api"] = nbgrader_api(CourseFolders(Path(root)))


def _grade_one(student: str, assignment: str, feedback: bool) -> Graded:
    """Grade one submission, in a grading process."""
    begun = time.monotonic()
    result = _worker["api"].autograde(assignment, student)
    seconds = time.monotonic() - begun
    if result["success"] and feedback:
        result = _worker["api"].generate_feedback(assignment, student)
    return Graded(seconds, "" if result["success"] else reason(result))


def grade(
    course: CourseFolders,
    submissions: Sequence[tuple[str, str]],
    *,
    workers: int | None = None,
    feedback: bool = True,
    report: Report = lambda _: None,
) -> dict[tuple[str, str], Graded]:
    """Autograde submissions with stock nbgrader, and write the feedback.

    nbgrader changes the working folder of its process, so those that grade side by side are
    processes. What they and the kernels write on stderr is kept in grading.log.

    Args:
        course: an nbgrader course with submissions.
        submissions: students and assignments.
        workers: processes; one for each core where nothing is said.
        feedback: whether feedback is written too.
        report: called with a line for every submission.

    Returns:
        What became of each student and assignment.
    """
    graded: dict[tuple[str, str], Graded] = {}
    # nbgrader enters a student who is new. Two processes that did so at once, for two
    # assignments of one student, would break each other's work.
    with nbgrader_api(course).gradebook as gradebook:
        for student in dict.fromkeys(student for student, _ in submissions):
            gradebook.update_or_create_student(student)
    with ProcessPoolExecutor(
        max_workers=workers or os.cpu_count() or 1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(str(course.root),),
    ) as pool:
        futures = {pool.submit(_grade_one, *who, feedback): who for who in submissions}
        for done, future in enumerate(as_completed(futures), 1):
            student, assignment = futures[future]
            result = graded[student, assignment] = _result(future)
            state = f"failed: {result.failure}" if result.failure else f"{result.seconds:.1f} s"
            report(f"{done}/{len(futures)}  {student}  {assignment}  {state}")
    return graded


def _result(future: Future[Graded]) -> Graded:
    try:
        return future.result()
    except BrokenProcessPool:
        return Graded(0.0, f"a grading process ended; its last words are in {LOG}")


def export(demo: CourseFolders) -> Path:
    """Export all grades as CSV with nbgrader's own exporter; give the path of the table."""
    from nbgrader.plugins import CsvExportPlugin

    api = nbgrader_api(demo)
    plugin = CsvExportPlugin(parent=api)
    plugin.to = str(demo.root / GRADES)
    with api.gradebook as gradebook:
        plugin.export(gradebook)
    return demo.root / GRADES


# --- comparing --------------------------------------------------------------------------------


def compare(
    demo: CourseFolders,
    handed_in: Sequence[HandIn],
    graded: Mapping[tuple[str, str], Graded],
) -> list[Outcome]:
    """Hold gradebook, exported table and feedback against what must be there."""
    with (demo.root / GRADES).open(encoding="utf-8", newline="") as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    with nbgrader_api(demo).gradebook as gradebook:
        return [
            _outcome(h, graded[who], _kept(gradebook, h), rows.get(who), _feedback(demo, h))
            for h in handed_in
            for who in [(h.student, h.assignment)]
        ]


def _kept(gradebook: Any, hand_in: HandIn) -> Any:
    """The submission as the gradebook has it, or None."""
    from nbgrader.api import MissingEntry

    try:
        return gradebook.find_submission(hand_in.assignment, hand_in.student)
    except MissingEntry:
        return None


def _feedback(demo: CourseFolders, hand_in: HandIn) -> Path:
    folder = demo.root / "feedback" / hand_in.student / hand_in.assignment
    return folder / f"{hand_in.source.file.stem}.html"


def _outcome(
    hand_in: HandIn, graded: Graded, kept: Any, row: Mapping[str, str] | None, feedback: Path
) -> Outcome:
    found = [f"nbgrader failed: {graded.failure}"] if graded.failure else []
    if kept is None:
        found.append("the gradebook holds no submission")
    else:
        found += _gradebook_differences(hand_in, kept)
    found += _csv_differences(hand_in, row)
    if not feedback.is_file():
        found.append("there is no feedback")
    return Outcome(
        hand_in=hand_in,
        score=None if kept is None else float(kept.score),
        in_csv=float(row["score"]) if row is not None else None,
        maximum=0.0 if kept is None else float(kept.max_score),
        by_hand=bool(kept is not None and kept.needs_manual_grade),
        differences=tuple(found),
        seconds=graded.seconds,
    )


def _differs(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > _TOLERANCE


def _gradebook_differences(hand_in: HandIn, kept: Any) -> Iterator[str]:
    if _differs(kept.score, hand_in.score):
        yield f"the gradebook says {kept.score:g}, expected {hand_in.score:g}"
    grades = {grade.name: grade for notebook in kept.notebooks for grade in notebook.grades}
    if hand_in.as_computed:
        for cell, points in hand_in.points.items():
            got = grades[cell].auto_score if cell in grades else None
            if cell not in grades:
                yield f"{cell} is not in the gradebook"
            elif _differs(got, points):
                yield f"{cell} got {_points(got)}, expected {_points(points)}"
    if bool(kept.needs_manual_grade) != hand_in.by_hand:
        waits = "waits" if kept.needs_manual_grade else "does not wait"
        yield f"the gradebook {waits} for marks given by hand"
    if _differs(float(kept.total_seconds_late), hand_in.seconds_late):
        yield f"{kept.total_seconds_late:g} seconds late, expected {hand_in.seconds_late:g}"


def _points(number: float | None) -> str:
    return "no points without a person" if number is None else f"{number:g}"


def _csv_differences(hand_in: HandIn, row: Mapping[str, str] | None) -> Iterator[str]:
    if row is None:
        yield "the exported table has no row"
        return
    if _differs(float(row["score"]), hand_in.score):
        yield f"the exported table says {row['score']}, expected {hand_in.score:g}"
    # The course takes no points off for lateness: the table shows when, the instructor decides.
    if float(row["late_submission_penalty"] or 0) != 0:
        yield f"a penalty of {row['late_submission_penalty']} for lateness"
    if row["first_name"] or row["last_name"] or row["email"]:
        yield "a simulated student has a name"
