"""Rehearse a large class: let it hand in, grade it, count what came out, and what it took."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.grading.demo import prepare
from safehaven.grading.outcome import STATUSES
from safehaven.grading.plan import HandIn
from safehaven.grading.rehearsal.checked import Of, differences, lost, statuses
from safehaven.grading.rehearsal.simulated import hand_ins
from safehaven.grading.rehearsal.spoiled import SPOILED, Spoiled
from safehaven.grading.run.usage import Usage, measure
from safehaven.grading.tables import table

Report = Callable[[str], object]

RESULTS = "rehearsal.json"
#: One exercise and one quiz: much code, and many short answers.
ASSIGNMENTS = ("ex07-two-lists", "quiz-07")
_ONE_SPOILED_IN = 16
_SEED = 20270301

#: Run by a Python of its own, so that all it uses can be counted: root, assignment, limits.
_GRADE = """
import json, pathlib, sys
from safehaven.grading.run import grade
from safehaven.grading.sandbox import Limits
root, name, seconds = sys.argv[1:]
grade(pathlib.Path(root), name, limits=Limits(**json.loads(seconds)))
"""
#: Root, folder of the report, the course with its bank, assignments.
_REPORT = """
import sys
from pathlib import Path
from safehaven.grading.class_report import class_report
root, output, course, *names = sys.argv[1:]
class_report(Path(root), names, output=Path(output), course=Path(course))
"""


@dataclass(frozen=True)
class Step:
    """One thing that an instructor starts and waits for.

    Attributes:
        what: in words.
        seconds: on the clock.
        cpu_seconds: of processor time, of all processes together.
        peak_bytes: the most memory that all of them held at one moment.
    """

    what: str
    seconds: float
    cpu_seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal came to.

    Attributes:
        machine: processor, memory, system and Python.
        students: how many handed in each assignment.
        spoiled: how many of all notebooks came in broken or hostile.
        steps: what was done, in order.
        statuses: for each assignment, how many submissions ended in each status.
        disk: bytes on disk for each part of the course's folder.
        lost: submissions that the report, the gradebook or the autograded copies do not hold.
        differences: everything else that is not as it must be, in words.
        report: the first page of the report on the class.
    """

    machine: Mapping[str, str]
    students: int
    spoiled: int
    steps: tuple[Step, ...]
    statuses: Mapping[str, Mapping[str, int]]
    disk: Mapping[str, int]
    lost: tuple[str, ...]
    differences: tuple[str, ...]
    report: Path

    @property
    def is_right(self) -> bool:
        """Whether nothing was lost, and every submission got what it must get."""
        return not self.lost and not self.differences


def rehearse(
    folders: CourseFolders,
    target: Path | None = None,
    *,
    students: int = 1000,
    assignments: Sequence[str] = ASSIGNMENTS,
    one_spoiled_in: int | None = None,
    seconds: Mapping[str, float] | None = None,
    report: Report = lambda _: None,
) -> Rehearsal:
    """Let a simulated class hand in, grade it in the sandbox, write its report, and check all.

    Args:
        folders: the course; its exercises must be up to date. It is left as it is.
        target: the folder to work in; _build/rehearsal where nothing is said.
        students: how many there are.
        assignments: what each of them hands in.
        one_spoiled_in: one notebook in so many comes in broken or hostile; where nothing is said,
            one in 16, and more of them in a small class.
        seconds: `cell_seconds` and `notebook_seconds`, where they are not the usual limits.
        report: called with a line for every step.

    Raises:
        CourseError, CourseErrors: the course cannot be used, or a step fails as a whole.
    """
    root = target or folders.build / "rehearsal"
    report(f"{students:,} students hand in {' and '.join(assignments)} …")
    handed_in = hand_ins(folders, assignments, students, _SEED)
    course = prepare(folders, root, handed_in)
    step = one_spoiled_in or max(2, min(_ONE_SPOILED_IN, len(handed_in) // 4))
    spoiled = _spoil(course, handed_in[step - 1 :: step])
    steps = []
    for name in assignments:
        report(f"safehaven grade {name} …")
        limits = json.dumps(dict(seconds or {}))
        steps.append(_step(course, f"safehaven grade {name}", _GRADE, name, limits))
    report("safehaven report …")
    pages = root / "report"
    steps.append(
        _step(course, "safehaven report", _REPORT, str(pages), str(folders.root), *assignments)
    )
    done = Rehearsal(
        machine=_machine(),
        students=students,
        spoiled=len(spoiled),
        steps=tuple(steps),
        statuses={name: statuses(course, name) for name in assignments},
        disk=_disk(root),
        lost=tuple(lost(course, handed_in)),
        differences=tuple(differences(course, handed_in, spoiled)),
        report=pages / "index.html",
    )
    _write(root / RESULTS, done)
    return done


def rehearsal_table(done: Rehearsal) -> str:
    """What was done and what it took, what became of the submissions, and what is not right."""
    rows = [
        (s.what, round(s.seconds, 1), round(s.cpu_seconds, 1), round(s.peak_bytes / 2**20))
        for s in done.steps
    ]
    known = [s for s in STATUSES if any(s in counts for counts in done.statuses.values())]
    became = [(name, *(c.get(s, 0) for s in known)) for name, c in done.statuses.items()]
    disk = [(name, round(size / 2**20, 1)) for name, size in done.disk.items()]
    notebooks = done.students * len(done.statuses)
    right = "all others as they must be" if not done.differences else "not all as they must be"
    end = (
        f"{done.students:,} students, {notebooks:,} notebooks, {done.spoiled:,} of them broken or "
        f"hostile; {len(done.lost):,} lost, {right}."
    )
    return "\n\n".join(
        [
            "\n".join(f"{what}: {value}" for what, value in done.machine.items()),
            table(("step", "seconds", "CPU s", "MiB"), rows),
            table(("assignment", *known), became),
            table(("on disk", "MiB"), disk),
            "\n".join([*(f"lost: {one}" for one in done.lost), *done.differences, end]),
        ]
    )


# --- handing in -------------------------------------------------------------------------------


def _spoil(course: CourseFolders, handed_in: Sequence[HandIn]) -> dict[Of, Spoiled]:
    """Spoil notebooks, each way in turn; say which got which, by assignment and student."""
    spoiled = {}
    for number, one in enumerate(handed_in):
        way = SPOILED[number % len(SPOILED)]
        folder = course.root / "submitted" / one.student / one.assignment
        way.spoil(folder / f"{one.source.file.stem}.ipynb")
        spoiled[one.assignment, one.student] = way
    return spoiled


# --- grading ----------------------------------------------------------------------------------


def _step(course: CourseFolders, what: str, code: str, *arguments: str) -> Step:
    log = course.root / "rehearsal.log"
    used: Usage = measure(
        [sys.executable, "-c", code, str(course.root), *arguments], course.root, log
    )
    if used.status:
        raise CourseError(
            f"'{what}' failed: {''.join(used.said.splitlines()[-1:])}.",
            file=log,
            remedy="Read this file.",
        )
    return Step(what, used.seconds, used.cpu_seconds, used.peak_bytes)


# --- the machine ------------------------------------------------------------------------------


def _machine() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{_processor()}, {len(os.sched_getaffinity(0))} cores used",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
    }


def _processor() -> str:
    """What the processor is called; its kind where the system does not say."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _disk(root: Path) -> dict[str, int]:
    """Bytes on disk of what the class handed in and what grading made of it."""
    parts = ("submitted", "autograded", "gradebook.db", "grading", "report")
    return {part: _size(root / part) for part in parts}


def _size(path: Path) -> int:
    files = [path, *path.rglob("*")] if path.is_dir() else [path]
    return sum(file.lstat().st_blocks * 512 for file in files)


def _write(path: Path, done: Rehearsal) -> None:
    content = asdict(done) | {"report": done.report.relative_to(path.parent).as_posix()}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
