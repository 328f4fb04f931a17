"""The demo class finds what differs; the folder it works in is its own."""

import dataclasses
from pathlib import Path

import pytest

from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders
from safehaven.grading.demo import Graded, _result, outcome_table, prepare, run_demo_class
from safehaven.grading.plan import HandIn, load_plan


@pytest.fixture
def plan(small: CourseFolders) -> list[HandIn]:
    return load_plan(small)


def test_every_kind_of_difference_is_shown(small: CourseFolders, plan: list[HandIn]) -> None:
    first, second, third, fourth = plan
    other = dataclasses.replace(
        second.answers[0], points={"task-1-a": 1.0, "task-1-b": 1.0}, name="thought to be right"
    )
    plan = [
        first,
        dataclasses.replace(second, answers=(other, *second.answers[1:]), score=3.0),
        dataclasses.replace(third, score=3.5, as_computed=False),
        dataclasses.replace(fourth, due=fourth.handed_in, answers=first.answers, score=4.0),
    ]
    # The last one hands in what the first does, on time for the plan, but not for nbgrader.
    lines: list[str] = []
    outcomes = run_demo_class(small, plan=plan, report=lines.append)
    assert [o.is_right for o in outcomes] == [True, False, False, True]
    assert outcomes[1].differences == (
        "the gradebook says 2, expected 3",
        "task-1-b got 0, expected 1",
        "the exported table says 2.0, expected 3",
    )
    assert outcomes[2].differences[0] == "the gradebook says 4, expected 3.5"
    shown = outcome_table(outcomes)
    assert "student-02, ex01-small: task-1-b got 0, expected 1" in shown
    assert "4 students, 4 notebooks, 2 as they must be." in shown
    assert shown.count("NO") == 2
    assert shown.count("needs manual grading") == 4
    assert len([line for line in lines if "/4  student-" in line]) == 4
    target = small.build / "demo-class"
    assert (target / "outcomes.txt").read_text(encoding="utf-8") == shown + "\n"
    assert not (small.root / "submitted").exists(), "the instructor's own class is not touched"


def test_a_folder_with_something_else_is_not_replaced(
    small: CourseFolders, plan: list[HandIn], tmp_path: Path
) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.txt").write_text("all of it", encoding="utf-8")
    with pytest.raises(CourseError, match="something else"):
        prepare(small, target, plan)
    assert (target / "thesis.txt").is_file()


def test_exercises_that_are_not_up_to_date_are_refused(
    small: CourseFolders, plan: list[HandIn], tmp_path: Path
) -> None:
    path = small.exercises / "ex01-small" / "ex01-small.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("# A small", "# An old"))
    with pytest.raises(CourseErrors, match="not up to date"):
        prepare(small, tmp_path / "demo", plan)
    (small.solutions / "ex01-small" / "ex01-small.ipynb").unlink()
    with pytest.raises(CourseError, match="does not exist yet"):
        prepare(small, tmp_path / "demo", plan)


def test_a_grading_process_that_ends_is_a_failure_not_a_crash() -> None:
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    future: Future[Graded] = Future()
    future.set_exception(BrokenProcessPool("gone"))
    assert _result(future) == Graded(
        0.0, "a grading process ended; its last words are in grading.log"
    )
