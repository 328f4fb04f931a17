"""The demo class on paper: expected scores, and mistakes in the plan."""

from pathlib import Path

import pytest

from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders
from safehaven.grading.plan import HandIn, load_plan


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def plan(small: CourseFolders) -> dict[str, HandIn]:
    return {h.student: h for h in load_plan(small)}


def test_scores_follow_from_the_answers(plan: dict[str, HandIn]) -> None:
    assert {name: h.score for name, h in plan.items()} == {
        "student-01": 4,
        "student-02": 2,
        "student-03": 4,
        "student-04": 0,
    }
    assert plan["student-02"].points == {
        "task-1-a": 1,
        "task-1-b": 0,
        "task-2-a": 1,
        "judgement": None,
    }
    assert [h.by_hand for h in plan.values()] == [True, True, True, False]


def test_lateness_is_counted_in_seconds(plan: dict[str, HandIn]) -> None:
    assert plan["student-01"].seconds_late == 0
    assert plan["student-04"].seconds_late == 10
    assert plan["student-04"].what == "late: by 0:00:10"
    assert plan["student-02"].what == "mistakes: task-1 wrong-typed-in, task-2 wrong-last-year"


def test_a_score_in_the_plan_counts_instead(small: CourseFolders, plan_file: Path) -> None:
    edit(plan_file, "{ex01-small: right}", "{ex01-small: {rest: right, score: 3.5}}")
    first = load_plan(small)[0]
    assert first.score == 3.5
    assert not first.as_computed


CASES = {
    # what: (old text, new text, the text on the line it must name, a part of the message)
    "unknown assignment": ("{ex01-small: right}", "{ex99: right}", "{ex99:", "not among"),
    "assignment without a source": ("  ex01-small: {due", "  ex99: {due", "  ex99", "no source"),
    "unknown cell": ("{task-1: right-loop}", "{task-9: right}", "{task-9", "is no answer of"),
    "unknown variant": ("right-loop}", "right-magic}", "right-magic", "no way 'right-magic'"),
    "unknown way": ("rest: blank", "rest: lazy", "rest: lazy", "no way 'lazy'"),
    "unknown kind": ("is: late", "is: lucky", "is: lucky", "students.3.is"),
    "a name for an id": ("id: student-04", "id: Ann", "id: Ann", "students.3.id"),
    "an id used twice": ("id: student-04", "id: student-03", "", "used before"),
    "no due date": ("{due: 2026-10-16T21:59:59Z}", "{}", "ex01-small: {}", "due"),
    "a due date that is none": ("2026-10-16T21:59:59Z", "soon", "due: soon", "due"),
    "a setting that is none": ("rest: blank,", "rest: blank, mood: good,", "mood", "mood"),
    "a variant nobody uses": ("right-loop}", "right}", "students:", "No student hands in"),
    "not YAML": ("{ex01-small: right}", "{ex01-small: [}", "{ex01-small: [}", "not valid YAML"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_in_the_plan_is_named(small: CourseFolders, plan_file: Path, case: str) -> None:
    old, new, at, message = CASES[case]
    edit(plan_file, old, new)
    with pytest.raises((CourseError, CourseErrors)) as found:
        load_plan(small)
    errors = getattr(found.value, "errors", (found.value,))
    fitting = [e for e in errors if message in e.message and e.file == plan_file]
    assert fitting, [str(e) for e in errors]
    assert fitting[0].remedy
    if at:
        text = plan_file.read_text(encoding="utf-8")
        assert fitting[0].line == text[: text.index(at)].count("\n") + 1


def test_a_plan_that_is_missing_is_named(small: CourseFolders) -> None:
    (small.assessments / "demo-class.yaml").unlink(missing_ok=True)
    with pytest.raises(CourseError, match="does not exist"):
        load_plan(small)
