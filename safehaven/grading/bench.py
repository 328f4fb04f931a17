"""Measure what people wait for: grading a class, building the book, and loading a page.

Seconds depend on the machine, so each measure that can have one has a peer from the same run:
stock nbgrader for grading, nbgrader's own example assignment for that, the clean build for the
unchanged one, and a stock Jupyter Book for the weight of a page.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from safehaven.assignments.stock import find_programs, nbgrader_api, reason
from safehaven.book.weight import PageWeight, weigh
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.grading.demo import grade, prepare
from safehaven.grading.plan import HandIn, load_plan
from safehaven.grading.tables import table

Report = Callable[[str], object]

RESULTS = "bench.json"
_EXAMPLE = "ps1"
#: The assignment that a whole class hands in.
CLASS_OF = "ex07-two-lists"


@dataclass(frozen=True)
class Measure:
    """One thing that was timed.

    Attributes:
        what: in words.
        seconds: for all of it.
        count: how many notebooks or builds that were.
        peer: the measure that it is compared with; empty for one without.
        ratio: seconds for one of these by seconds for one of the peer; None without a peer.
        cpu_seconds: processor time of all processes; None where it was not measured.
        peak_bytes: the most memory that they held together; None where it was not measured.
    """

    what: str
    seconds: float
    count: int
    peer: str = ""
    ratio: float | None = None
    cpu_seconds: float | None = None
    peak_bytes: int | None = None

    @property
    def each(self) -> float:
        """Seconds for one of them."""
        return self.seconds / self.count

    def against(self, peer: Measure) -> Measure:
        """The same measure, compared with another one."""
        return replace(self, peer=peer.what, ratio=self.each / peer.each)


@dataclass(frozen=True)
class Bench:
    """All that one run measured.

    Attributes:
        measures: what was timed.
        weights: a lesson, here and in a stock Jupyter Book; empty where they were not weighed.
    """

    measures: tuple[Measure, ...]
    weights: tuple[PageWeight, ...] = ()


def run_bench(
    folders: CourseFolders,
    *,
    with_book: bool = True,
    example_students: int = 4,
    class_of: str = CLASS_OF,
    class_size: int = 60,
    report: Report = lambda _: None,
) -> Bench:
    """Measure everything, one after the other, and write _build/bench.json.

    Args:
        folders: the course; its exercises must be up to date.
        with_book: whether the builds of the book are timed too, and a page is weighed.
        example_students: how many hand in nbgrader's example, which has two notebooks.
        class_of: the assignment that a whole class hands in.
        class_size: how many students that class has.
        report: called with a line before each measure.

    Raises:
        CourseError, CourseErrors: the course cannot be graded or built.
    """
    scratch = folders.build / "bench"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    report("nbgrader's own example …")
    example = time_example(scratch / "example", example_students)
    plan = load_plan(folders)
    report(f"The demo class, {len(plan)} notebooks …")
    measures = [example, *(m.against(example) for m in time_demo_class(folders, scratch, plan))]
    report(f"A class of {class_size}, graded twice …")
    measures += time_class(folders, scratch / "class", class_of, class_size)
    weights: list[PageWeight] = []
    if with_book:
        report("The book …")
        measures += time_builds(folders, scratch / "book")
        weights = weigh(folders, scratch / "page")
    results = Bench(tuple(measures), tuple(weights))
    write_results(folders.build / RESULTS, results)
    return results


def bench_tables(results: Bench) -> str:
    """What was timed, one row a measure, and what pages weigh."""
    tables = [_times(results.measures)]
    if results.weights:
        tables.append(_weights(results.weights))
    return "\n\n".join(tables)


def _weights(weights: Sequence[PageWeight]) -> str:
    head = ("first visit to a page", "kB, gzipped", "files", "from other hosts, not weighed")
    return table(head, [(w.page, round(w.size / 1000), w.files, w.foreign) for w in weights])


def _times(measures: Sequence[Measure]) -> str:
    head = ("what", "seconds", "of", "each", "times the peer", "peer", "CPU s", "MiB")
    rows = [
        (
            m.what,
            round(m.seconds, 1),
            m.count,
            round(m.each, 2),
            "" if m.ratio is None else f"{m.ratio:.2f}",
            m.peer,
            "" if m.cpu_seconds is None else f"{m.cpu_seconds:.1f}",
            "" if m.peak_bytes is None else f"{m.peak_bytes / 2**20:.0f}",
        )
        for m in measures
    ]
    return table(head, rows)


def write_results(path: Path, results: Bench) -> None:
    """Keep the results as JSON, with what is needed to compare them with other runs."""
    content = {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "measures": [asdict(measure) | {"each": measure.each} for measure in results.measures],
        "pages": [asdict(weight) for weight in results.weights],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def time_demo_class(folders: CourseFolders, scratch: Path, plan: Sequence[HandIn]) -> list[Measure]:
    """Autograde the demo class with stock nbgrader, one notebook after the other."""
    demo = prepare(folders, scratch / "demo-class", plan)
    names = dict.fromkeys(h.assignment for h in plan)
    return [
        _time_grading(
            demo, [h.student for h in plan if h.assignment == name], name, f"autogrades {name}", 1
        )
        for name in names
    ]


def _time_grading(
    course: CourseFolders, students: Sequence[str], assignment: str, what: str, notebooks: int
) -> Measure:
    """Autograde one assignment, one notebook after the other; loading nbgrader not counted."""
    who = [(student, assignment) for student in students]
    graded = grade(course, who, workers=1, feedback=False)
    for (student, _), result in graded.items():
        if result.failure:
            raise CourseError(
                f"nbgrader could not grade {assignment} of {student}: {result.failure}.",
                file=course.root,
                remedy="Run 'safehaven demo-class' and mend what it shows.",
            )
    seconds = sum(result.seconds for result in graded.values())
    return Measure(f"stock nbgrader {what}", seconds, len(who) * notebooks)


def time_example(root: Path, count: int) -> Measure:
    """Autograde nbgrader's own example assignment, as `nbgrader quickstart` makes it."""
    find_programs()
    root.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "nbgrader", "quickstart", root.name]
    _timed(command, root.parent, "nbgrader's example could not be made")
    example = CourseFolders(root)
    api = nbgrader_api(example)
    result = api.generate_assignment(_EXAMPLE)
    if not result["success"]:
        raise CourseError(
            f"nbgrader's own example does not work: {reason(result)}.",
            file=root,
            remedy="Install the pinned packages again: make course.",
        )
    notebooks = sorted((root / "release" / _EXAMPLE).glob("*.ipynb"))
    students = [f"student-{number:02d}" for number in range(1, count + 1)]
    for student in students:
        shutil.copytree(root / "release" / _EXAMPLE, root / "submitted" / student / _EXAMPLE)
    return _time_grading(example, students, _EXAMPLE, "autogrades its own example", len(notebooks))


def time_class(folders: CourseFolders, scratch: Path, of: str, size: int) -> list[Measure]:
    """Grade one class with stock nbgrader and with `safehaven grade`; both give equal points.

    Raises:
        CourseError, CourseErrors: the class cannot be graded, or the gradebooks differ.
    """
    from safehaven.grading.run.bench_class import run_contest

    contest = run_contest(folders, scratch, of, size)
    stock, ours = (
        Measure(what, used.seconds, size, cpu_seconds=used.cpu_seconds, peak_bytes=used.peak_bytes)
        for what, used in (
            (f"nbgrader autograde {of}", contest.stock),
            (f"safehaven grade {of}", contest.ours),
        )
    )
    return [stock, ours.against(stock)]


def time_builds(folders: CourseFolders, output: Path) -> list[Measure]:
    """Build the book into an empty folder, again with nothing changed, and by our own verb.

    Jupyter Book reads everything again to find that nothing changed; `safehaven book` knows it
    from the files.
    """
    scripts = Path(sysconfig.get_path("scripts"))
    stock = [str(scripts / "jupyter-book"), "build", str(folders.root)]
    stock += ["--path-output", str(output)]
    own = [str(scripts / "safehaven"), "book"]
    complaint = "The book could not be built"
    clean = Measure("the book, clean", _timed(stock, folders.root, complaint), 1)
    again = Measure("jupyter-book, unchanged", _timed(stock, folders.root, complaint), 1)
    _timed(own, folders.root, complaint)  # so that there is something that has not changed
    ours = Measure("safehaven book, unchanged", _timed(own, folders.root, complaint), 1)
    return [clean, again.against(clean), ours.against(again)]


def _timed(command: Sequence[str], folder: Path, complaint: str) -> float:
    begun = time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise CourseError(
            f"{complaint}: {''.join(last)}.",
            file=folder,
            remedy=f"Run it by itself: {' '.join([Path(command[0]).name, *command[1:]])}",
        )
    return seconds
