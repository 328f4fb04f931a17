"""One notebook: its cells in order, each in the process where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils

from safehaven.grading.examiner import canary, outputs, reference
from safehaven.grading.examiner.kernel import Died, TimedOut
from safehaven.grading.examiner.outputs import Budget, Node, Outputs
from safehaven.grading.examiner.points import holds, settle
from safehaven.grading.examiner.process import TestEnded, TestProcess
from safehaven.grading.examiner.reference import Reference, Seen
from safehaven.grading.examiner.scope import Scope
from safehaven.grading.examiner.source import names_of
from safehaven.grading.examiner.students import Clock, Rehearsal, StudentSide
from safehaven.grading.outcome import TAMPERING, Note
from safehaven.grading.sandbox import Sandbox

_OWN_WORD = "An object of your class said that it equals a plain value, or lies near one."


@dataclass(frozen=True)
class Terms:
    """Under which terms a notebook runs.

    Attributes:
        cell_seconds: how long a cell may run; None for as long as the notebook may.
        notebook_seconds: how long all cells together may run.
        output_bytes: what the outputs of the student's cells may take.
        skip_tag: a tag of cells that are not run.
        visible: gives the part of a test that students know.
    """

    cell_seconds: float | None
    notebook_seconds: float
    output_bytes: int
    skip_tag: str
    visible: Callable[[Node], str]


@dataclass(frozen=True)
class Folders:
    """Where the processes find their files.

    Attributes:
        students: what the student's kernel finds beside the notebook.
        instructors: what the tests find.
    """

    students: Path
    instructors: Path


@dataclass
class _Result:
    """What the examiner's process said of a test, or why it said nothing."""

    outputs: list[Any] = field(default_factory=list)
    stopped: tuple[str, str] | None = None
    used: Mapping[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    objects: list[str] | None = None
    cause: str = ""


class NotebookRun:
    """Runs one notebook.

    Args:
        nb: the notebook; its cells get their outputs.
        sandbox: where the processes are forked.
        folders: where they find their files.
        terms: limits.
        known: what the instructor's answers show about the tests; None where they are not known.
    """

    def __init__(
        self,
        nb: Node,
        sandbox: Sandbox,
        folders: Folders,
        terms: Terms,
        known: Reference | None = None,
    ) -> None:
        self.nb = nb
        self.notes: list[Note] = []
        #: What this run shows about the tests, where the notebook is the instructor's.
        self.seen: dict[str, Seen] = {}
        #: Whether its time was enough to see all of that.
        self.has_seen_all = True
        self._sandbox, self._folders, self._terms = sandbox, folders, terms
        self._known = known
        self._is_learning = False
        self._clock = Clock(terms.cell_seconds, terms.notebook_seconds)
        self._student = StudentSide(lambda: sandbox.fork_kernel(folders.students), self._clock)
        self._tests: TestProcess | None = None
        self._scope = Scope(terms.visible)
        self._budget = Budget(terms.output_bytes)
        self._displays: dict[str, list[Node]] = {}
        self._count = 0

    def learn(self) -> Reference:
        """Run the instructor's notebook, and give what it shows about the tests."""
        self._is_learning = True
        self._scope = Scope(self._terms.visible, is_learning=True)
        self.execute()
        return self.seen

    def execute(self) -> None:
        """Run all cells."""
        try:
            self._examiner()
            self._student.start()
            self.nb.metadata["language_info"] = nbformat.from_dict(
                outputs.clean_json(self._student.language_info)
            )
            for cell in self.nb.cells:
                if cell.cell_type == "code" and not self._is_skipped(cell):
                    self._execute(cell)
            self._look()
        finally:
            self._student.close()
            if self._tests is not None:
                self._tests.close()

    def _is_skipped(self, cell: Node) -> bool:
        tags = cell.metadata.get("tags")
        has_tag = isinstance(tags, list) and self._terms.skip_tag in tags
        return has_tag or not cell.source.strip()

    def _execute(self, cell: Node) -> None:
        self._count += 1
        cell.outputs = []
        cell.execution_count = self._count
        if not is_test(cell):
            self._run(cell)
            self._scope.passed_code(cell)
            return
        is_together = self._test(cell)
        self._scope.passed_test(cell, is_together=is_together)
        if not is_together:
            self._student.import_later(self._scope.imports_of(cell))

    def _note(self, kind: str, text: str, cell: Node | None = None) -> None:
        self.notes.append(Note(kind, text, cell=grade_id(cell) if cell else ""))

    def _look(self) -> None:
        """Hold the kernel against a clean one at the end."""
        for one in self._student.look():
            self._note(TAMPERING, f"When the notebook had run, {one}.")

    # --- the student's cells ---

    def _run(self, cell: Node) -> None:
        shown = Outputs(self._budget, self._displays)
        for source in self._scope.missing(cell):
            self._run_aside(source)
        try:
            self._run_in_kernel(cell, shown)
        except TimedOut:
            self._note("timeout", "The cell ran too long and was interrupted.", cell)
            shown.items.append(failure("CellTimeoutError", "The cell ran too long."))
        except Died as death:
            self._note("kernel-died", f"The cell ended the program in which it ran. {death}", cell)
            shown.items.append(failure("DeadKernelError", str(death)))
        if shown.is_cut:
            self._note("output-cut", "The outputs were too long and were cut off.", cell)
        cell.outputs = [self._numbered(item) for item in shown.items]

    def _run_in_kernel(self, cell: Node, shown: Outputs) -> None:
        if self._clock.is_over:
            raise TimedOut
        reply = self._student.run(cell.source, self._count, shown.take)
        if not reply.is_ok:
            add_error(shown.items, reply.content)

    def _run_aside(self, source: str) -> None:
        try:
            self._student.run_aside(source)
        except (TimedOut, Died):
            return

    def _numbered(self, item: Node) -> Node:
        if item.output_type == "execute_result":
            item.execution_count = self._count
        return item

    # --- tests ---

    def _test(self, cell: Node) -> bool:
        """Run a test; give whether it ran in the student's kernel."""
        seen = self._seen(cell)
        if seen is not None and seen.way == "together":
            self._test_together(cell, "It passes only beside the code that it tests.")
            return True
        if not names_of(cell.source).is_examinable:
            self._test_together(cell, "It is no plain Python.")
            return True
        result = self._examine(cell, seen)
        stopped = result.stopped
        if stopped and stopped[0] == "cannot" and self._may_move(seen):
            self._test_together(cell, f"What it needs stays in the kernel: {stopped[1]}.")
            return True
        self._take(cell, result)
        return self._is_learning and self._keep_seen(cell, result)

    def _seen(self, cell: Node) -> Seen | None:
        seen = (self._known or {}).get(grade_id(cell))
        return seen if seen is not None and seen.source == cell.source else None

    def _may_move(self, seen: Seen | None) -> bool:
        return not self._is_learning and (seen is None or seen.way == "either")

    def _examiner(self) -> TestProcess:
        if self._tests is None:
            self._tests = TestProcess(self._sandbox.fork_examiner(self._folders.instructors))
        return self._tests

    def _examine(self, cell: Node, seen: Seen | None) -> _Result:
        """Run a test apart from the student's code."""
        if self._clock.is_over:
            return _Result(stopped=("gone", ""), cause="timeout")
        view = self._scope.view(cell, seen)
        objects = "all" if self._is_learning else seen and seen.objects
        deadline = self._clock.deadline()
        try:
            given = None
            if view.wanted:
                wanted = sorted(view.wanted)
                given = self._student.ask_names(
                    wanted, self._count + 1, self._count, objects=objects is not None
                )
            order = view.order(cell) | {"test": self._count, "objects": objects}
            done = self._examiner().run(order, given, self._student.talk, deadline)
        except TimedOut:
            return _Result(stopped=("gone", ""), cause="timeout")
        except Died as death:
            return _Result(stopped=("gone", ""), cause=str(death))
        except TestEnded as end:
            self._examiner().close()
            self._tests = None
            return _Result(stopped=("gone", ""), cause=str(end))
        return _Result(**done)

    def _take(self, cell: Node, result: _Result) -> None:
        cell.outputs = [
            self._numbered(nbformat.from_dict(outputs.clean_json(item))) for item in result.outputs
        ]
        for kind, text in result.notes:
            self._note(kind, text, cell)
        if result.stopped:
            cell.outputs.append(self._stopped(cell, *result.stopped, result.cause))

    def _stopped(self, cell: Node, kind: str, text: str, cause: str) -> Node:
        if kind == "gone" and cause != "timeout":
            self._note("kernel-died", f"The test ended the program. {cause}", cell)
            return failure("DeadKernelError", cause)
        if kind in ("gone", "endless"):
            self._note("timeout", "Your code ran too long in this test.", cell)
            return failure("CellTimeoutError", "Your code ran too long in this test.")
        if kind == "cannot":
            return failure("CannotBeTested", f"The test cannot take this value. {text}")
        return failure("CannotBeRead", f"What your notebook gave could not be read. {text}")

    def _keep_seen(self, cell: Node, result: _Result) -> bool:
        """Keep what the instructor's answers show; give whether the test moved to their kernel."""
        apart, together, objects = share(cell), None, result.objects
        if apart < 1:
            kept, notes = cell.outputs, list(self.notes)
            rehearsal = self._test_together(cell, "")
            together = share(cell)
            objects = list(rehearsal.asked) if rehearsal and rehearsal.passed else None
            cell.outputs, self.notes = kept, notes
        if self._clock.is_over and max(apart, together or 0) < 1:
            self.has_seen_all = False
            return together is not None
        self.seen[grade_id(cell)] = reference.seen(
            cell.source,
            result.used,
            self._scope.imports_for(cell),
            objects,
            apart=apart,
            together=together,
        )
        return together is not None

    # --- tests that need the student's kernel ---

    def _test_together(self, cell: Node, why: str) -> Rehearsal | None:
        """Run a test in the student's kernel, with a canary before and after.

        Returns:
            How it went without what its objects say of plain values, where that was tried.
        """
        shown = Outputs(self._budget, {})
        rehearsal = None
        for source in self._scope.missing(cell):
            self._run_aside(source)
        self._note("fallback", f"The test ran in the student's kernel. {why}", cell)
        try:
            found = canary.tampering(self._student)
            if not found:
                rehearsal = self._rehearse(cell)
                self._run_in_kernel(cell, shown)
                found = canary.tampering(self._student)
        except TimedOut:
            self._note("timeout", "Your code ran too long in this test.", cell)
            shown.items.append(failure("CellTimeoutError", "Your code ran too long in this test."))
            found = []
        except Died as death:
            self._note("kernel-died", f"The test ended the program. {death}", cell)
            shown.items.append(failure("DeadKernelError", str(death)))
            found = []
        if found:
            self._note(TAMPERING, f"The test could not be trusted: {'; '.join(found)}.", cell)
            shown.items = [failure("Untrusted", "This test waits for the instructor.")]
        elif rehearsal is not None and not self._is_learning and not holds(shown.items, rehearsal):
            self._note("no-points", f"The test passed by the word of an object. {_OWN_WORD}", cell)
            shown.items = [failure("PointsError", _OWN_WORD)]
        is_students = bool(names_of(cell.source).last)
        points = float(cell.metadata.nbgrader.get("points", 0))
        items, notes = settle(shown.items, points, is_students=is_students)
        cell.outputs = [self._numbered(item) for item in items]
        for kind, text in notes:
            self._note(kind, text, cell)
        return rehearsal

    def _rehearse(self, cell: Node) -> Rehearsal | None:
        """Try a test without what the student's objects alone say of plain values."""
        if self._is_learning:
            return self._student.rehearse(cell.source, None)
        seen = self._seen(cell)
        if seen is None or seen.objects is None:
            return None
        return self._student.rehearse(cell.source, seen.objects)


def is_test(cell: Node) -> bool:
    """Whether a cell of code is a test and nothing else."""
    return bool(utils.is_grade(cell)) and not utils.is_solution(cell)


def grade_id(cell: Node) -> str:
    """Give the cell's id in the gradebook; empty where it has none."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def share(cell: Node) -> float:
    """Give the share of its points that a test gave, 0 to 1."""
    points, most = utils.determine_grade(cell)
    return 1.0 if not most else points / most


def failure(name: str, text: str) -> Node:
    """Make an output of an error that has no frames."""
    red = f"\x1b[0;31m{name}\x1b[0m: {text}"
    return outputs.error({"ename": name, "evalue": text, "traceback": [red]})


def add_error(items: list[Node], content: Mapping[str, Any]) -> None:
    """Add a reply's error where no output shows it, as nbgrader does."""
    error = outputs.error(content)
    if not any(i.output_type == "error" and i.ename == error.ename for i in items):
        if not error.traceback:
            error.traceback = ["ERROR: An error occurred while showtraceback was disabled"]
        items.append(error)
