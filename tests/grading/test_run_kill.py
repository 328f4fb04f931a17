"""Whenever a run is killed, a second one finishes the rest, and nobody can tell the difference."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from safehaven.grading.outcome import Outcome
from safehaven.grading.run import grade
from safehaven.grading.run.autograded import Autograded
from safehaven.grading.run.course import Course
from safehaven.grading.run.gradebook import CourseGradebook
from safehaven.grading.run.journal import JOURNAL, Entry, Journal, read_journal
from tests.grading import run_class as small

KILLS = 50
STUDENTS = 6
#: Grades in a process group of its own, and kills the whole group after a random time; a run
#: that is done before its time begins the next round in a fresh copy of the course.
KILLER = """
import json, os, pathlib, random, shutil, signal, sys, time
from safehaven.grading.run import grade

made, place, assignment, kills = sys.argv[1:]
place, kills = pathlib.Path(place), int(kills)
draw = random.Random(7)


def run(course, seconds):
    "Whether it was killed; a run that is done before its time is not."
    pid = os.fork()
    if not pid:
        os.setsid()
        try:
            grade(course, assignment, workers=3)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return sys.exit("a run failed") if status else False
        time.sleep(0.002)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def fresh():
    finished.append(str(place / f"round-{len(finished)}"))
    return pathlib.Path(shutil.copytree(made, finished[-1]))


killed, finished, lines = 0, [], []
begun = time.monotonic()
run(fresh(), 600)
whole = time.monotonic() - begun
while killed < kills:
    course = fresh()
    journal = course / "grading" / assignment / "journal.jsonl"
    while run(course, draw.uniform(0, whole)):
        killed += 1
        lines.append(len(journal.read_bytes().splitlines()) if journal.exists() else 0)
print(json.dumps({"killed": killed, "finished": finished, "lines": lines}))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with submissions of all sorts, one of which was graded and marked before."""
    root = small.make_course(tmp_path_factory.mktemp("made") / "course")
    small.hand_in_class(root, STUDENTS)
    grade(root, small.ASSIGNMENT, students=["student-001"])
    small.hand_in(root, "student-001", small.RIGHT)
    broken = small.hand_in(root, "broken") / f"{small.ASSIGNMENT}.ipynb"
    broken.write_text("{", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def whole(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same course, graded without an interruption."""
    course = tmp_path_factory.mktemp("whole") / "course"
    shutil.copytree(made, course)
    grade(course, small.ASSIGNMENT)
    return course


def tree(course: Path) -> dict[str, bytes]:
    """All that lies in autograded/."""
    folder = course / "autograded"
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_same(course: Path, whole: Path) -> None:
    assert small.graded(course) == small.graded(whole)
    assert tree(course) == tree(whole)
    kept = {s: e.outcome.status for s, e in read_journal(_journal(course)).items()}
    assert kept == {s: e.outcome.status for s, e in read_journal(_journal(whole)).items()}
    assert not (course / "grading" / small.ASSIGNMENT / "work").exists()


def _journal(course: Path) -> Path:
    return course / "grading" / small.ASSIGNMENT / JOURNAL


def test_killed_fifty_times_at_random(made: Path, whole: Path, tmp_path: Path) -> None:
    arguments = (str(made), str(tmp_path), small.ASSIGNMENT, str(KILLS))
    with small.python(KILLER, *arguments, stdout=subprocess.PIPE) as killer:
        said, _ = killer.communicate(timeout=300)
    assert killer.returncode == 0
    result = json.loads(said)
    assert result["killed"] >= KILLS
    assert len(result["finished"]) >= 3
    # How many submissions were done at a kill depends on the machine; not all can be the same.
    assert min(result["lines"]) <= 1 < STUDENTS // 2 < max(result["lines"]), "not early and late"
    for course in result["finished"]:
        assert_same(Path(course), whole)


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _after_gradebook(monkeypatch: pytest.MonkeyPatch) -> None:
    write = CourseGradebook.write

    def then_die(self: CourseGradebook, made: list[object]) -> None:
        write(self, made)  # type: ignore[arg-type]
        _die()

    monkeypatch.setattr(CourseGradebook, "write", then_die)


def _between_renames(monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def die_instead(self: Path, target: Path) -> Path:
        if "autograded" in target.parts:
            _die()
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", die_instead)


def _in_the_middle_of_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def half(file: int, data: bytes) -> int:
        write(file, bytes(data[: len(data) // 2]))
        _die()
        return 0

    monkeypatch.setattr(os, "write", half)


def _before_the_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Journal, "add", _die)


@pytest.mark.parametrize(
    "moment", [_after_gradebook, _between_renames, _before_the_journal, _in_the_middle_of_a_line]
)
def test_killed_at_the_worst_moments(
    made: Path,
    whole: Path,
    tmp_path: Path,
    moment: Callable[[pytest.MonkeyPatch], None],
) -> None:
    course = tmp_path / "course"
    shutil.copytree(made, course)
    before = tree(course)
    for _ in range(2):
        pid = os.fork()
        if not pid:
            with pytest.MonkeyPatch.context() as patch:
                moment(patch)
                grade(course, small.ASSIGNMENT, workers=2, students=["student-001"])
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    grade(course, small.ASSIGNMENT)
    assert_same(course, whole)
    assert before.keys() < tree(course).keys()


def test_what_was_set_aside_comes_back(made: Path, tmp_path: Path) -> None:
    course = Course(Path(shutil.copytree(made, tmp_path / "course")), small.ASSIGNMENT)
    autograded = Autograded(course)
    place = autograded.folder("student-001")
    content = tree(course.root)
    aside = course.work / "3" / "earlier" / "student-001"
    aside.mkdir(parents=True)
    place.rename(aside / place.name)
    autograded.restore()
    assert tree(course.root) == content
    assert not course.work.exists()


def test_a_copy_from_another_disk_is_replaced_as_a_whole(made: Path, tmp_path: Path) -> None:
    course = Course(Path(shutil.copytree(made, tmp_path / "course")), small.ASSIGNMENT)
    autograded = Autograded(course)
    new = Path("/dev/shm") / f"safehaven-{os.getpid()}"
    new.mkdir()
    try:
        (new / "new.txt").write_text("new", encoding="utf-8")
        autograded.replace("student-001", new, course.work / "0")
    finally:
        shutil.rmtree(new, ignore_errors=True)
    place = autograded.folder("student-001")
    assert [path.name for path in place.parent.rglob("*")] == [small.ASSIGNMENT, "new.txt"]


def test_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "grading" / JOURNAL
    assert read_journal(path) == {}
    entries = [
        Entry("v", "g", Outcome(student, "sums", "graded", score=1.0))
        for student in ("a", "b\udcff", "a")
    ]
    with Journal(path) as journal:
        journal.add(entries[:2])
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    assert set(read_journal(path)) == {"a"}
    with Journal(path) as journal:
        journal.add([dataclass_with_score(entries[2], 2.0)])
    kept = read_journal(path)
    assert {student: entry.outcome.score for student, entry in kept.items()} == {"a": 2.0}
    assert path.read_bytes().count(b"\n") == 3


def dataclass_with_score(entry: Entry, score: float) -> Entry:
    return Entry(entry.version, entry.grades, Outcome("a", "sums", "graded", score=score))
