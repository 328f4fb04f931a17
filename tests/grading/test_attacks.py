"""Hostile submissions, graded for real: none gains a point, reads a secret or harms another."""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from safehaven.errors import CourseError
from safehaven.grading.outcome import Outcome
from safehaven.grading.report import Run
from safehaven.grading.run import grade
from safehaven.grading.sandbox import Limits
from tests.grading.attacks import classes
from tests.grading.attacks import course as assignment
from tests.grading.attacks.course import FULL, MAXIMUM, WRONG, WRONG_LAST
from tests.grading.attacks.fakes import FAKES, FALLBACK, LATER
from tests.grading.attacks.harm import HARM
from tests.grading.attacks.shapes import NAMES, NO_IDS, SHAPES, TESTS
from tests.grading.attacks.spies import SPIES

#: What these tests plainly did to their kernel, so that the report has to say so.
CLEAR = (
    *("cleanup-transformer", "ast-transformer", "custom-exception", "libraries"),
    *("reply-forged", "helper-patched", "helper-by-gc"),
)
LIMITS = dataclasses.replace(
    Limits(), cell_seconds=3, notebook_seconds=12, memory_bytes=600 * 2**20, disk_bytes=64 * 2**20
)
NEIGHBOURS = ("neighbour", "zz-neighbour")


def _id(cell: nbformat.NotebookNode) -> object:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


@dataclasses.dataclass
class Graded:
    """A graded class: its folder, what the run says, and who connected to the machine."""

    root: Path
    run: Run
    callers: list[str]

    def of(self, student: str) -> Outcome:
        return next(outcome for outcome in self.run.outcomes if outcome.student == student)

    def outputs(self, student: str) -> str:
        """All that the student's own cells say in the autograded notebook."""
        file = self.root / "autograded" / student / assignment.ASSIGNMENT
        file /= f"{assignment.ASSIGNMENT}.ipynb"
        if not file.is_file():
            return ""
        notebook = nbformat.read(file, as_version=4)
        own = [cell for cell in notebook.cells if _id(cell) not in TESTS]
        return json.dumps([cell.get("outputs", []) for cell in own])


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[str]]]:
    """A service of this machine that nobody in a sandbox should reach."""
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]
    hidden = socket.socket(socket.AF_UNIX)
    hidden.bind(f"\0attack-{port}")
    hidden.listen()
    callers: list[str] = []

    def wait(service: socket.socket) -> None:
        while True:
            try:
                line, address = service.accept()
            except OSError:
                return
            callers.append(repr(address))
            line.close()

    for service in (server, hidden):
        threading.Thread(target=wait, args=(service,), daemon=True).start()
    yield port, callers
    for service in (server, hidden):
        service.shutdown(socket.SHUT_RDWR)
        service.close()


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, listener: tuple[int, list[str]]
) -> Iterator[Graded]:
    place = tmp_path_factory.mktemp("attacks")
    root = assignment.make_course(place / "course")
    port, callers = listener
    home = place / "home"
    home.mkdir()
    (home / ".secret").write_text(assignment.HOME, encoding="utf-8")

    def filled(code: str) -> str:
        code = code.replace("@COURSE@", str(root)).replace("@HOME@", str(home))
        return code.replace("@PORT@", str(port))

    why = f"It is {assignment.NEIGHBOURS}."
    for student in NEIGHBOURS:
        assignment.hand_in(root, student, assignment.WORK, assignment.LAST, why)
    for student in ("honest-wrong", *NAMES, *NO_IDS):
        assignment.hand_in(root, student, WRONG, WRONG_LAST)
    for name, code in (FAKES | HARM).items():
        work = f"{WRONG}\n{filled(code)}"
        assignment.hand_in(root, name, work, LATER.get(name, WRONG_LAST))
    for name, (work, last) in SPIES.items():
        later = f"{WRONG_LAST}\n{filled(last)}"
        assignment.hand_in(root, name, f"{WRONG}\n{filled(work)}", later)
    for name, trick in SHAPES.items():
        assignment.hand_in_trick(root, name, trick)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("SAFEHAVEN_TEST_SECRET", assignment.ENVIRONMENT)
        run = grade(root, assignment.ASSIGNMENT, workers=4, limits=LIMITS)
    yield Graded(root, run, callers)


def check(graded: Graded, student: str) -> None:
    """It gained nothing and read nothing."""
    outcome = graded.of(student)
    assert outcome.score in (None, 0), (outcome, graded.outputs(student)[:2000])
    assert outcome.maximum in (None, MAXIMUM)
    said = graded.outputs(student) + json.dumps(outcome.as_dict())
    assert "not in a sandbox" not in said
    for secret in assignment.SECRETS:
        assert secret not in said, said[:3000]
    assert "WROTE-LIBRARY" not in said


@pytest.mark.parametrize("student", NEIGHBOURS)
def test_an_honest_neighbour_keeps_its_points(graded: Graded, student: str) -> None:
    outcome = graded.of(student)
    assert (outcome.score, outcome.status, outcome.notes) == (FULL, "graded", ())


def test_honest_wrong_code_gets_nothing(graded: Graded) -> None:
    outcome = graded.of("honest-wrong")
    assert (outcome.score, outcome.status, outcome.notes) == (0, "graded", ())


@pytest.mark.parametrize("student", FAKES)
def test_a_fake_gains_nothing(graded: Graded, student: str) -> None:
    check(graded, student)
    assert graded.of(student).status != "ungradable"


@pytest.mark.parametrize("student", CLEAR)
def test_clear_tampering_is_named(graded: Graded, student: str) -> None:
    assert graded.of(student).status == "tampered"


@pytest.mark.parametrize("student", SPIES)
def test_a_spy_finds_nothing(graded: Graded, student: str) -> None:
    check(graded, student)
    assert graded.outputs(student)


@pytest.mark.parametrize("student", HARM)
def test_harm_is_contained(graded: Graded, student: str) -> None:
    check(graded, student)
    outcome = graded.of(student)
    assert outcome.status != "ungradable"
    file = graded.root / "autograded" / student / assignment.ASSIGNMENT
    assert sum(path.stat().st_size for path in file.rglob("*")) < 20 * 2**20


@pytest.mark.parametrize("student", SHAPES)
def test_a_trick_with_files_gains_nothing(graded: Graded, student: str) -> None:
    check(graded, student)
    outcome = graded.of(student)
    assert outcome.reason or outcome.status != "ungradable"


def test_files_that_are_too_large_are_a_reason(graded: Graded) -> None:
    outcome = graded.of("too-much-data")
    assert outcome.status == "ungradable" and "KiB" in outcome.reason


@pytest.mark.parametrize("student", NAMES)
def test_a_name_is_a_name(graded: Graded, student: str) -> None:
    check(graded, student)
    assert graded.of(student).status == "graded"


@pytest.mark.parametrize("student", NO_IDS)
def test_a_name_that_is_no_id_has_a_reason(graded: Graded, student: str) -> None:
    outcome = graded.of(student)
    assert outcome.status == "ungradable" and outcome.reason


def test_nobody_left_the_sandbox(graded: Graded) -> None:
    assert graded.callers == []
    for place in ("/tmp", "/dev/shm", "/var/tmp", "/run", "/home"):
        assert not os.path.lexists(f"{place}/message-from-one-to-the-next")
    with Gradebook(f"sqlite:///{graded.root}/gradebook.db") as gradebook:
        assert gradebook.find_assignment(assignment.ASSIGNMENT).max_score == MAXIMUM
        ids = {student.id for student in gradebook.students}
    assert ids <= {path.name for path in (graded.root / "submitted").iterdir()}
    page = (graded.root / "grading" / assignment.ASSIGNMENT / "index.html").read_text("utf-8")
    assert "<script>alert" not in page and "<img src=x" not in page


@pytest.fixture(scope="module")
def of_classes(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """A class whose tests need classes of the student."""
    root = classes.make_class_course(tmp_path_factory.mktemp("classes") / "course")
    assignment.hand_in(root, "neighbour", classes.WORK, "")
    for name, code in classes.FAKES.items():
        assignment.hand_in(root, name, code, "")
    for name in FALLBACK:
        work = f"{classes.FAKES['plainly-wrong']}{FAKES[name]}"
        assignment.hand_in(root, name, work, "")
    return Graded(root, grade(root, assignment.ASSIGNMENT, workers=4, limits=LIMITS), [])


@pytest.mark.parametrize("student", FALLBACK)
def test_a_fake_of_a_test_that_cannot_cross_is_tampering(of_classes: Graded, student: str) -> None:
    outcome = of_classes.of(student)
    assert (outcome.score, outcome.status) == (0, "tampered")


def test_an_honest_class_keeps_its_points(of_classes: Graded) -> None:
    outcome = of_classes.of("neighbour")
    assert (outcome.score, outcome.status) == (classes.MAXIMUM, "graded with notes")
    # The one that reads the source of the answer.
    assert [note.cell for note in outcome.notes] == ["beside"]


@pytest.mark.parametrize("student", classes.FAKES)
def test_a_fake_of_a_class_gains_nothing(of_classes: Graded, student: str) -> None:
    outcome = of_classes.of(student)
    assert outcome.score == 0, (outcome, of_classes.outputs(student)[:2000])
    assert outcome.status != "ungradable"


def test_an_assignment_that_is_too_large_is_not_the_students_fault(tmp_path: Path) -> None:
    root = assignment.make_course(tmp_path / "course")
    assignment.hand_in(root, "neighbour", assignment.WORK, assignment.LAST)
    (root / "source" / assignment.ASSIGNMENT / "large.csv").write_bytes(bytes(5 * 2**20))
    with pytest.raises(CourseError, match="own files are too large"):
        grade(
            root,
            assignment.ASSIGNMENT,
            workers=1,
            limits=dataclasses.replace(Limits(), disk_bytes=4 * 2**20),
        )
