"""A class is graded as nbgrader grades it, and what is finished stays finished."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from safehaven.assignments.stock import nbgrader_api
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.grading.outcome import Outcome
from safehaven.grading.report import Run
from safehaven.grading.run import grade
from safehaven.grading.sandbox import Limits
from tests.grading import run_class as small


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.make_course(tmp_path_factory.mktemp("made") / "course")


@pytest.fixture
def course(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "course"))


def run(course: Path, **settings: object) -> Run:
    return grade(course, small.ASSIGNMENT, workers=2, **settings)  # type: ignore[arg-type]


def of(result: Run, student: str) -> Outcome:
    return next(outcome for outcome in result.outcomes if outcome.student == student)


def stock(course: Path, students: list[str]) -> None:
    """Grade with nbgrader itself, with its own executor of this course."""
    api = nbgrader_api(CourseFolders(course))
    for student in students:
        assert api.autograde(small.ASSIGNMENT, student, force=True)["success"]


def copy_of(course: Path) -> Path:
    return Path(shutil.copytree(course, course.with_name("copy")))


def test_the_gradebook_is_the_one_that_nbgrader_makes(course: Path) -> None:
    students = small.hand_in_class(course, 5)
    with Gradebook(small.url(course)) as gradebook:
        gradebook.update_or_create_assignment(small.ASSIGNMENT, duedate="2026-03-01 09:00:00 UTC")
    other = copy_of(course)
    lines: list[str] = []
    result = run(course, report=lines.append)
    stock(other, students)
    assert small.graded(course) == small.graded(other)
    assert [outcome.score for outcome in result.outcomes] == [3, 2, 0, 3, 2]
    assert {outcome.status for outcome in result.outcomes} == {"graded"}
    assert {outcome.late_seconds for outcome in result.outcomes} == {3600}
    assert {outcome.needs_manual for outcome in result.outcomes} == {True}
    assert [line.split()[0] for line in lines] == [f"{n}/5" for n in range(1, 6)]
    assert all(re.search(r"\(\d+\.\d a (second|minute), .* left\)$", line) for line in lines)
    assert small.autograded(course, students) == students
    place = Path("autograded", students[0], small.ASSIGNMENT)
    names = sorted(path.name for path in (course / place).iterdir())
    assert names == sorted(path.name for path in (other / place).iterdir())
    folder = course / "grading" / small.ASSIGNMENT
    assert (folder / "grading-report.json").is_file()
    assert (folder / "index.html").is_file()
    assert not (folder / "work").exists()


def test_points_and_comments_given_by_hand_stay(course: Path) -> None:
    students = small.hand_in_class(course, 2)
    run(course)
    with Gradebook(small.url(course)) as gradebook:
        for student in students:
            place = (small.ASSIGNMENT, small.ASSIGNMENT, student)
            grade_of_test = gradebook.find_grade("test-two", *place)
            grade_of_test.manual_score, grade_of_test.extra_credit = 1.5, 0.25
            gradebook.find_grade("why", *place).manual_score = 2.0
            gradebook.find_comment("why", *place).manual_comment = "Why not?"
        gradebook.db.commit()
    other = copy_of(course)
    result = run(course, force=True)
    stock(other, students)
    assert small.graded(course) == small.graded(other)
    kept = small.graded(course)["grade", students[0], small.ASSIGNMENT, "test-two"]
    assert kept == (2.0, 1.5, 0.25, True)
    assert of(result, students[0]).score == pytest.approx(1.0 + 1.75 + 2.0)


def test_a_second_run_grades_only_what_changed(course: Path) -> None:
    first, second, third = small.hand_in_class(course, 3)
    assert run(course).resumed == 0
    before = small.journal_of(course)
    again = run(course)
    assert (again.resumed, small.journal_of(course)) == (3, before)
    assert [outcome.score for outcome in again.outcomes] == [3, 2, 0]

    small.hand_in(course, third, small.RIGHT)
    (course / "autograded" / second / small.ASSIGNMENT).rename(course / "moved")
    with Gradebook(small.url(course)) as gradebook:
        place = (small.ASSIGNMENT, small.ASSIGNMENT, first)
        gradebook.find_grade("test-two", *place).auto_score = 0.5
        gradebook.db.commit()
    mended = run(course)
    assert mended.resumed == 0, "files, copy and gradebook are each held against the journal"
    assert [outcome.score for outcome in mended.outcomes] == [3, 2, 3]
    assert small.autograded(course, [second]) == [second]
    assert run(course).resumed == 3


@pytest.mark.parametrize("what", ["limits", "source", "release", "force"])
def test_all_is_graded_anew_where_the_terms_changed(course: Path, what: str) -> None:
    small.hand_in_class(course, 2)
    run(course)
    settings: dict[str, object] = {}
    if what == "limits":
        settings["limits"] = dataclasses.replace(Limits(), cell_seconds=3)
    elif what == "force":
        settings["force"] = True
    elif what == "source":
        (course / "source" / small.ASSIGNMENT / "numbers.csv").write_text("n\n2\n")
    else:
        (course / "release" / small.ASSIGNMENT / "numbers.csv").write_text("n\n2\n")
    assert run(course, **settings).resumed == 0
    assert len(small.journal_of(course)) == 4
    assert run(course, **{**settings, "force": False}).resumed == 2


def test_a_submission_that_cannot_be_read_is_no_zero(course: Path, tmp_path: Path) -> None:
    good, bad = small.hand_in_class(course, 2)
    notebook = course / "submitted" / bad / small.ASSIGNMENT / f"{small.ASSIGNMENT}.ipynb"
    whole = notebook.read_text(encoding="utf-8")
    notebook.write_text(whole[:500], encoding="utf-8")
    result = run(course)
    assert (of(result, good).status, of(result, bad).status) == ("graded", "ungradable")
    assert of(result, bad).score is None
    assert of(result, bad).reason
    grades = [v for k, v in small.graded(course).items() if k[:2] == ("grade", bad)]
    assert grades == [(None, None, None, True)] * 3, "no points, and a person has to look"
    assert small.autograded(course, [good, bad]) == [good]
    api = nbgrader_api(CourseFolders(course))
    listed = {s["student"]: s for s in api.get_submissions(small.ASSIGNMENT)}
    assert (listed[bad]["autograded"], listed[bad]["submitted"]) == (False, True)
    assert listed[good]["autograded"] is True
    exporter = CsvExportPlugin(parent=api)
    exporter.to = str(tmp_path / "grades.csv")
    with api.gradebook as gradebook:
        assert gradebook.find_submission(small.ASSIGNMENT, bad).needs_manual_grade
        exporter.export(gradebook)
    assert len(Path(exporter.to).read_text().splitlines()) == 3
    assert notebook.read_text(encoding="utf-8") == whole[:500]
    assert run(course).resumed == 2, "what cannot be graded is not tried again and again"

    notebook.write_text(whole, encoding="utf-8")
    assert of(run(course), bad).score == 2
    points = small.graded(course)
    notebook.write_text("", encoding="utf-8")
    broken = of(run(course), bad)
    assert (broken.status, broken.score) == ("ungradable", None)
    assert "earlier" in broken.notes[-1].text
    assert small.graded(course) == points, "points of what was graded before are kept"
    assert small.autograded(course, [bad]) == [bad], "with the copy that they were given for"


def test_what_ends_its_worker_is_tried_three_times_and_harms_nobody(
    course: Path, tmp_path: Path
) -> None:
    students = small.hand_in_class(course, 4)
    tries, once = tmp_path / "tries", tmp_path / "once"
    death = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    small.hand_in(course, "killer", f"open({str(tries)!r}, 'a').write('x')\n{death}")
    unlucky = f"import pathlib\np = pathlib.Path({str(once)!r})\nif not p.exists():\n"
    unlucky += f"    p.touch()\n    {death}\n{small.RIGHT}"
    small.hand_in(course, "unlucky", unlucky)
    result = run(course)
    assert tries.read_text() == "xxx"
    killer = of(result, "killer")
    assert (killer.status, killer.score) == ("ungradable", None)
    assert "lost 3 times" in killer.reason
    assert "killed" in killer.reason
    assert small.autograded(course, ["killer"]) == []
    assert (course / "submitted" / "killer" / small.ASSIGNMENT).is_dir()
    assert (of(result, "unlucky").status, of(result, "unlucky").score) == ("graded", 3)
    assert [of(result, student).score for student in students] == [3, 2, 0, 3]


def test_changed_tests_are_put_back_for_one_student_after_the_other(course: Path) -> None:
    """What is remembered of a cell is that it was right, and never that it was seen."""
    changed = ["first", "second", "third"]
    for student in changed:
        path = small.hand_in(course, student, small.WRONG) / f"{small.ASSIGNMENT}.ipynb"
        text = path.read_text(encoding="utf-8")
        assert "assert total([]) == 0" in text
        path.write_text(text.replace("assert total([]) == 0", "pass"), encoding="utf-8")
    for student in ("fourth", "fifth"):
        path = small.hand_in(course, student) / f"{small.ASSIGNMENT}.ipynb"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"points": 2', '"points": 200'), encoding="utf-8")
    other = copy_of(course)
    grade(course, small.ASSIGNMENT, workers=1)
    stock(other, [*changed, "fourth", "fifth"])
    assert small.graded(course) == small.graded(other)
    assert {
        small.graded(course)["grade", s, small.ASSIGNMENT, "test-empty"][0] for s in changed
    } == {0}


def test_students_may_be_called_anything(course: Path) -> None:
    names = ["[a-z]*", "*", "o'Neill; --", "student 1", "ümit", "{student_id}", "%s"]
    for name in names:
        small.hand_in(course, name)
    too_long, no_text = "x" * 129, os.fsdecode(b"\xff\xfe")
    for name in (too_long, no_text):
        small.hand_in(course, name)
    result = run(course)
    assert {of(result, name).score for name in names} == {3}
    assert {of(result, name).status for name in (too_long, no_text)} == {"ungradable"}
    with Gradebook(small.url(course)) as gradebook:
        assert {student.id for student in gradebook.students} == set(names)
    assert run(course).resumed == len(names) + 2


def test_some_students_alone_are_graded_and_the_report_holds_all(course: Path) -> None:
    first, second = small.hand_in_class(course, 2)
    with Gradebook(small.url(course)) as gradebook:
        gradebook.add_student("absent")
    assert [o.status for o in run(course, students=[second]).outcomes] == ["graded"]
    assert len(small.journal_of(course)) == 1
    result = run(course)
    assert {o.student: o.status for o in result.outcomes} == {
        "absent": "missing",
        first: "graded",
        second: "graded",
    }
    assert {o.student for o in run(course, students=[first]).outcomes} == {first, second}
    with pytest.raises(CourseError, match="Nothing was handed in by nobody"):
        run(course, students=["nobody"])


def test_students_that_the_course_excludes_are_left_alone(course: Path) -> None:
    first, second = small.hand_in_class(course, 2)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.CourseDirectory.student_id_exclude = '{second}'\n")
    assert [o.student for o in run(course).outcomes] == [first]


def test_one_run_at_a_time(course: Path, tmp_path: Path) -> None:
    once = f"import pathlib, time\np = pathlib.Path({str(tmp_path / 'once')!r})\n"
    once += f"if not p.exists():\n    p.touch()\n    time.sleep(60)\n{small.RIGHT}"
    small.hand_in(course, "slow", once)
    code = "import sys, pathlib\nfrom safehaven.grading.run import grade\n"
    code += "grade(pathlib.Path(sys.argv[1]), sys.argv[2], report=print)"
    with small.python(code, str(course), small.ASSIGNMENT) as other:
        while not (tmp_path / "once").exists():
            assert other.poll() is None
        with pytest.raises(CourseError, match="being graded already"):
            run(course)
        os.killpg(other.pid, 9)
    assert of(run(course), "slow").score == 3, "whoever ends lets the course go"


def test_a_process_with_threads_is_not_forked(course: Path) -> None:
    students = small.hand_in_class(course, 2)
    small.hand_in(course, "killer", "import os; os._exit(3)")
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    try:
        result = run(course)
    finally:
        go.set()
        thread.join()
    assert [of(result, student).score for student in students] == [3, 2]
    assert "it ended with status 3" in of(result, "killer").reason


def test_an_executor_outside_the_sandbox_is_refused(course: Path) -> None:
    small.hand_in_class(course, 1)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            "from nbgrader.preprocessors import Execute\n"
            "class Mine(Execute): pass\n"
            "c.Autograde.autograde_preprocessors = [Mine, SaveAutoGrades]\n"
        )
    with pytest.raises(CourseError, match="executes notebooks with Mine, outside the sandbox"):
        run(course)


def test_a_full_disk_ends_the_run_and_blames_nobody(course: Path) -> None:
    small.hand_in_class(course, 1)
    small.hand_in(course, "full", "raise OSError(28, 'No space left on device')")
    config = course / "nbgrader_config.py"
    told = config.read_text().replace("except Exception", "except ZeroDivisionError")
    config.write_text(told)
    with pytest.raises(CourseError, match="No space left on device"):
        run(course)
    assert "full" not in [line["outcome"]["student"] for line in small.journal_of(course)]


def test_a_worker_that_cannot_start_is_nobodys_fault(course: Path) -> None:
    small.hand_in_class(course, 1)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            "import multiprocessing, sys\n"
            "if multiprocessing.parent_process(): sys.exit('no configuration today')\n"
        )
    with pytest.raises(CourseError, match="cannot start") as failed:
        run(course)
    assert "no configuration today" in failed.value.file.read_text()
    assert small.journal_of(course) == []


def test_no_course_and_no_assignment_are_named(course: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no nbgrader course"):
        grade(tmp_path, small.ASSIGNMENT)
    with pytest.raises(CourseError, match="knows no notebook of the assignment 'other'"):
        grade(course, "other")
    odd = Path(shutil.copytree(course, tmp_path / "c[1]"))
    with pytest.raises(CourseError, match="whose name holds one of"):
        grade(odd, small.ASSIGNMENT)


def test_nothing_handed_in_needs_no_sandbox(course: Path) -> None:
    with Gradebook(small.url(course)) as gradebook:
        gradebook.add_student("absent")
    result = run(course)
    assert [o.status for o in result.outcomes] == ["missing"]
