"""Put small mistakes into the model answers, and see whether the tests of the exercise notice.

The tools that there are do not fit (looked at in 2026): mutmut and mutatest change the modules of
a package and run a test suite over them; cosmic-ray's operators can be had as a library, for a
piece of source, but bring a database and a web client along and none of the mistakes that are
made over tables (a filter turned round, another column, the last for the first). So the mistakes
are our own (mutations.py), and so is the running: answer and tests are cells of one notebook.

Words:

- A mutant is a model answer with one mistake. It runs in the notebook's own state, with the model
  answers to the other tasks, in a process of its own, before the tests of its task, the hidden
  ones included.
- It is killed where one of these tests gives less than all its points, as nbgrader counts them.
- It changes a result where it is killed, or where one of these gives another value or stops with
  an error, unlike the model answer: a call that a test makes; a value that the task asks for on
  the real data; a call with a made-up input, which is one of the tests' inputs changed a little
  (a number one off, a value from elsewhere in it, a row left out or written twice). A made-up
  input that the model answer cannot take is not used. One that it can take may still break what
  the task promises; the mutant counts all the same, so the share is rather too low.
- The order of a list, or a set for a list, is another form of the same value. These mutants are
  shown apart and not counted: the exercises leave the form open, and where one does not, its
  tests kill them.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import functools
import io
import multiprocessing
import os
import pickle
import random
import re
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from safehaven.assignments import values
from safehaven.assignments.mutations import Mutation, mutations
from safehaven.assignments.source import Cell, Source, names, read
from safehaven.errors import CourseError, raise_all
from safehaven.folders import CourseFolders

Report = Callable[[str], object]
Fate = Literal["killed", "survived", "other form", "made-up", "same"]

#: The share of the mutants that change a result which the tests of an exercise must notice.
NEEDED = 0.95
_REGION = re.compile(r"(BEGIN|END) SOLUTION")
_LEAST_SECONDS = 5.0
_MADE_UP = 100  # inputs for each function
#: What a test did not notice, and what is said about it.
_LISTED: dict[Fate, str] = {
    "survived": "",
    "made-up": "  (seen with a made-up input only)",
    "other form": "  (another form of the same result, not counted)",
}
_CALL_SECONDS = 0.5
#: Libraries that compute in threads of their own cannot be forked safely.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Mutant:
    """One mistake in one model answer, and what became of it.

    Attributes:
        file, line: where it was put in.
        change: what stood there and what stood there instead.
        fate: "killed" by a test; "survived" although a test's input or the real data tell it
            apart; "made-up" where only inputs that no test uses do; "other form" of the same
            results; "same" where nothing tells it apart.
    """

    file: Path
    line: int
    change: str
    fate: Fate

    def __str__(self) -> str:
        return str(
            CourseError(self.change, file=self.file, line=self.line, remedy="")
        ).removesuffix(" Remedy: ")


@dataclass(frozen=True)
class Tally:
    """The mutants of one task.

    Attributes:
        assignment, task: the name of the assignment and the id of the answer.
        mutants: all of them.
        seconds: how long they took.
    """

    assignment: str
    task: str
    mutants: tuple[Mutant, ...]
    seconds: float = 0.0

    def count(self, *fates: Fate) -> int:
        """How many mutants met one of these fates."""
        return sum(mutant.fate in fates for mutant in self.mutants)

    @property
    def changing(self) -> int:
        """How many mutants change a result."""
        return self.count("killed", "survived", "made-up")

    @property
    def share(self) -> float:
        """Mutants killed by mutants that change a result; 1 where none does."""
        return self.count("killed") / self.changing if self.changing else 1.0


def run_mutants(
    folders: CourseFolders,
    assignments: Sequence[str] | None = None,
    *,
    workers: int | None = None,
    report: Report = lambda _: None,
) -> list[Tally]:
    """Try the mutants of every auto-graded task.

    Args:
        folders: the course; only solutions/ and book/data are read.
        assignments: names; all that have a Markdown source where nothing is said.
        workers: processes; one for each core where nothing is said.
        report: called with a line for every task.

    Raises:
        CourseError, CourseErrors: a source cannot be used, or a model answer is not right.
    """
    tasks = list(_tasks(folders, assignments))
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    # A fresh process for each task: what an exercise sets in a library stays in it.
    with ProcessPoolExecutor(
        max_workers=workers or os.cpu_count() or 1,
        mp_context=multiprocessing.get_context("spawn"),
        max_tasks_per_child=1,
    ) as pool:
        futures = [pool.submit(_test_task, folders, source, task) for source, task in tasks]
        found: list[Tally] = []
        errors: list[CourseError] = []
        for future in futures:
            outcome = future.result()
            if isinstance(outcome, _Wrong):
                errors.append(outcome.error())
                continue
            found.append(outcome)
            report(f"{outcome.assignment}  {outcome.task}  {outcome.seconds:.1f} s")
    raise_all(errors)
    return found


def mutant_table(found: Sequence[Tally]) -> str:
    """A row for each task, one for each exercise, and below them what the tests do not notice."""
    lines = [_row("exercise", "task", "mutants", "changing", "killed", "share", "form")]
    listed: list[str] = []
    for name, tasks in by_exercise(found).items():
        whole = Tally(name, "all", tuple(m for task in tasks for m in task.mutants))
        lines += [_row(*_figures(one)) for one in (*tasks, whole)]
        for fate, words in _LISTED.items():
            listed += [f"{mutant}{words}" for mutant in whole.mutants if mutant.fate == fate]
    few = weak(found)
    end = f"Below {NEEDED:.0%}: {', '.join(few)}" if few else f"No exercise is below {NEEDED:.0%}."
    if listed:
        listed = ["", "Not noticed:", *listed]
    return "\n".join([*lines, *listed, "", end])


def weak(found: Sequence[Tally]) -> list[str]:
    """The exercises whose tests notice too few of the mutants that change a result."""
    return [
        name
        for name, tasks in by_exercise(found).items()
        if Tally(name, "all", tuple(m for task in tasks for m in task.mutants)).share < NEEDED
    ]


def by_exercise(found: Sequence[Tally]) -> dict[str, list[Tally]]:
    """The tasks under the name of their exercise."""
    grouped: dict[str, list[Tally]] = {}
    for one in found:
        grouped.setdefault(one.assignment, []).append(one)
    return grouped


def _figures(one: Tally) -> tuple[str, ...]:
    counts = map(str, (len(one.mutants), one.changing, one.count("killed")))
    return (one.assignment, one.task, *counts, f"{one.share:.1%}", str(one.count("other form")))


def _row(name: str, task: str, *figures: str) -> str:
    return f"{name:24}{task:8}" + "".join(f"{figure:>10}" for figure in figures)


# --- one task, in a process of its own --------------------------------------------------------


@dataclass(frozen=True)
class _Wrong:
    """An error on its way between two processes: a CourseError itself cannot be sent."""

    message: str
    file: Path
    line: int
    remedy: str

    def error(self) -> CourseError:
        return CourseError(self.message, file=self.file, line=self.line, remedy=self.remedy)


@dataclass(frozen=True)
class _Seen:
    """What one run of an answer and its tests showed.

    Attributes:
        points: for each test, up to the first that did not give all.
        full: whether all points were given.
        results: digests of what calls and asked values gave, exact and without their form.
        made_up: the same for made-up inputs.
        inputs: made-up inputs, from the run of the model answer.
    """

    points: tuple[float, ...]
    full: bool
    results: tuple[values.Digest, ...] = ()
    made_up: tuple[values.Digest, ...] = ()
    inputs: tuple[values.Call, ...] = ()


def _tasks(
    folders: CourseFolders, assignments: Sequence[str] | None
) -> Iterator[tuple[Source, str]]:
    known = names(folders)
    for name in assignments if assignments is not None else known:
        if name not in known:
            raise CourseError(
                f"There is no assignment '{name}'.",
                file=folders.solutions / name,
                remedy=f"Name one of: {', '.join(known)}.",
            )
        for source in read(folders, name):
            if source.is_markdown:
                yield from (
                    (source, task) for task, cell in source.answers.items() if cell.kind == "code"
                )


def _test_task(folders: CourseFolders, source: Source, task: str) -> Tally | _Wrong:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        _copy_data(folders, source, Path(scratch))
        os.chdir(scratch)
        try:
            found = _try_all(source, task)
        finally:
            os.chdir(folders.root)
    if isinstance(found, _Wrong):
        return found
    return Tally(source.assignment, task, found, time.monotonic() - begun)


def _try_all(source: Source, task: str) -> tuple[Mutant, ...] | _Wrong:
    bench, cell = _Bench(source, task), source.answers[task]
    model = _in_a_child(functools.partial(bench.run, cell.text, make_up=True), 0)
    if model is None or not model.full:
        return _Wrong(
            f"The model answer to '{task}' does not get all points here.",
            source.file,
            bench.line,
            "Mend the answer or its tests.",
        )
    # The made-up inputs are known only now, so the model answer runs a second time with them. Its
    # first run may have waited for inputs with which it does not end.
    inputs = model.inputs
    begun = time.monotonic()
    model = _in_a_child(functools.partial(bench.run, cell.text, inputs), 0)
    limit = max(_LEAST_SECONDS, 10 * (time.monotonic() - begun))
    assert model is not None
    found = []
    for mutation in bench.mutations():
        seen = _in_a_child(functools.partial(bench.run, mutation.code, inputs), limit)
        line = bench.line + mutation.line - 1
        found.append(Mutant(source.file, line, str(mutation), _fate(model, seen)))
    return tuple(found)


def _copy_data(folders: CourseFolders, source: Source, scratch: Path) -> None:
    (scratch / "data").mkdir()
    for entry in source.about.data if source.about else ():
        shutil.copyfile(folders.data / entry, scratch / "data" / entry.rpartition("/")[2])


def _fate(model: _Seen, mutant: _Seen | None) -> Fate:
    if mutant is None or not mutant.full:
        return "killed"  # None: it did not end, which nbgrader counts as an error
    if [r.loose for r in mutant.results] != [r.loose for r in model.results]:
        return "survived"
    if mutant.results != model.results:
        return "other form"
    if [r.loose for r in mutant.made_up] != [r.loose for r in model.made_up]:
        return "made-up"
    return "same"


def _in_a_child(work: Callable[[], _Seen], limit: float) -> _Seen | None:
    """Do the work in a copy of this process; None where it took too long or ended itself.

    Args:
        work: what to do; what it changes is gone afterwards.
        limit: seconds; 0 for none.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(pickle.dumps(work()))
        finally:
            os._exit(0)  # nothing of the parent's may be tidied up here
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        sent = pipe.read()
    os.waitpid(child, 0)
    seen: _Seen | None = pickle.loads(sent) if sent else None
    return seen


# --- the notebook around one answer -----------------------------------------------------------


class _Bench:
    """The state of the notebook above one answer, and the tests below it."""

    def __init__(self, source: Source, task: str) -> None:
        self.cell = source.answers[task]
        self.line = _first_line(source, self.cell)
        self.tests = list(source.tests_of(task).values())
        self.state: dict[str, Any] = {"__name__": "__main__"}
        self.asked = _asked(self.cell.text, [test.text for test in self.tests])
        above = source.cells[: source.cells.index(self.cell)]
        with _quiet():
            for cell in above:
                if cell.kind == "code" and not cell.is_test:
                    exec(compile(cell.text, cell.grade_id or "cell", "exec"), self.state)

    def mutations(self) -> list[Mutation]:
        """The mistakes that can be put into the model answer."""
        return mutations(self.cell.text, _solution_lines(self.cell.text))

    def run(
        self, answer: str, inputs: Sequence[values.Call] = (), *, make_up: bool = False
    ) -> _Seen:
        """Give the answer, then run the tests. Only for a process of its own."""
        recorder = _Recorder(keep=make_up)
        with _quiet(), contextlib.suppress(Exception):
            # A cell that stops keeps what it made until then, as in a notebook.
            exec(compile(answer, "answer", "exec"), self.state)
        functions: dict[str, Callable[..., Any]] = {
            name: self.state[name] for name in self.asked if callable(self.state.get(name))
        }
        for name, function in functions.items():
            self.state[name] = recorder.around(name, function)
        points = []
        for test in self.tests:
            points.append(_points(test, self.state))
            if points[-1] < test.points:
                return _Seen(tuple(points), full=False)
        asked = [values.digest(self.state.get(n)) for n in self.asked if n not in functions]
        made_up: list[values.Digest] = []
        for call in inputs:
            made_up.append(_called(functions.get(call.name), call))
            if made_up[-1] == _ENDLESS:
                break  # it differs from the model answer already
        return _Seen(
            tuple(points),
            full=True,
            results=(*asked, *recorder.results),
            made_up=tuple(made_up),
            inputs=tuple(recorder.made_up(functions) if make_up else inputs),
        )


@dataclass
class _Recorder:
    """Notes what the functions that a task asks for return, when they are called from outside."""

    keep: bool
    results: list[values.Digest] = field(default_factory=list)
    calls: list[values.Call] = field(default_factory=list)
    depth: int = 0

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with every call from outside noted."""

        @functools.wraps(function)
        def noted(*args: Any, **kwargs: Any) -> Any:
            if self.depth == 0 and self.keep:
                self.calls.append(copy.deepcopy(values.Call(name, args, kwargs)))
            self.depth += 1
            try:
                result = function(*args, **kwargs)
            except Exception as error:
                self._note(values.digest(type(error).__name__))
                raise
            finally:
                self.depth -= 1
            self._note(values.digest(result))
            return result

        return noted

    def _note(self, digest: values.Digest) -> None:
        if self.depth == 0:
            self.results.append(digest)

    def made_up(self, functions: dict[str, Any]) -> Iterator[values.Call]:
        """Inputs like those seen that the model answer can take."""
        rng = random.Random("inputs")  # the same every time
        for name, function in functions.items():
            given = [call for call in self.calls if call.name == name]
            changed = list(values.changed_calls(given))
            for call in rng.sample(changed, min(_MADE_UP, len(changed))):
                if _called(function, call) not in _NO_VALUE:
                    yield call


#: What stands for a call that stopped with an error, and for one that did not end.
_ERROR, _ENDLESS = values.digest("an error"), values.digest("no end")
_NO_VALUE = (_ERROR, _ENDLESS)


def _called(function: Callable[..., Any] | None, call: values.Call) -> values.Digest:
    if function is None:
        return _ERROR
    try:
        with _quiet(), _at_most(_CALL_SECONDS):
            return values.digest(function(*copy.deepcopy(call.args), **copy.deepcopy(call.kwargs)))
    except TimeoutError:
        return _ENDLESS
    except Exception:
        return _ERROR


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Stop with a TimeoutError after so many seconds of work."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _points(test: Cell, state: dict[str, Any]) -> float:
    """The points of a test, by nbgrader's rule: an error or words on stderr give none."""
    tree = ast.parse(test.text)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with _quiet() as said:
        try:
            exec(compile(tree, "test", "exec"), state)
            value = last and eval(compile(ast.Expression(last.value), "test", "eval"), state)  # type: ignore[attr-defined]
        except Exception:
            return 0.0
    if said.getvalue():
        return 0.0
    try:
        given = float(repr(value))
    except ValueError:
        return test.points
    return given if 0 <= given <= test.points else test.points


@contextlib.contextmanager
def _quiet() -> Iterator[io.StringIO]:
    """Keep what is printed away from the terminal; hand over what goes to stderr."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        yield said


def _first_line(source: Source, cell: Cell) -> int:
    """The line of the file on which the text of a cell begins."""
    text = tuple(cell.text.split("\n"))
    for number in range(cell.first, cell.last + 1):
        if source.lines[number - 1 : number - 1 + len(text)] == text:
            return number
    return cell.first


def _solution_lines(text: str) -> set[int]:
    """The lines between the markers; all of them where there are no markers."""
    inside, lines, marked = False, set(), False
    for number, line in enumerate(text.split("\n"), 1):
        found = _REGION.search(line)
        if found:
            inside, marked = found[1] == "BEGIN", True
        elif inside:
            lines.add(number)
    return lines if marked else set(range(1, text.count("\n") + 2))


def _asked(text: str, tests: Sequence[str]) -> list[str]:
    """The functions and values that a task asks for: those handed out, and those tested."""
    made = _made(ast.parse(text))
    solved = _solution_lines(text)
    handed_out = {name for name, lines in made.items() if lines - solved}
    tested: set[str] = set()
    for test in tests:
        nodes = [node for node in ast.walk(ast.parse(test)) if isinstance(node, ast.Name)]
        own = {node.id for node in nodes if isinstance(node.ctx, ast.Store)}
        tested |= {node.id for node in nodes} - own
    return [name for name in made if name in handed_out | tested]


def _made(tree: ast.Module) -> dict[str, set[int]]:
    """The names that the code gives to something, and the lines where it does."""
    made: dict[str, set[int]] = {}
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            made.setdefault(statement.name, set()).add(statement.lineno)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                made.setdefault(node.id, set()).add(node.lineno)
    return made
