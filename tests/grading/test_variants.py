"""Every kept answer of every exercise gets, from stock nbgrader, the points in its header."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from safehaven.assignments.answers import variants
from safehaven.assignments.source import Source, names, read
from safehaven.folders import CourseFolders, find_course
from safehaven.grading.variants import Scored, grade_answers, tries

COURSE = find_course(Path(__file__))


def exercises() -> list[Source]:
    """All notebooks that a person writes; quizzes are rendered from the bank."""
    found = [source for name in names(COURSE) for source in read(COURSE, name)]
    return [source for source in found if source.is_markdown]


def test_every_answer_gets_the_points_in_its_header(tmp_path: Path) -> None:
    sources = exercises()
    scored = grade_answers(COURSE, tmp_path / "course", [s.assignment for s in sources])
    wrong = [str(one) for one in scored if not one.is_right]
    assert not wrong, "\n".join(wrong)
    tried = {(one.assignment, one.answer.cell, one.answer.name) for one in scored}
    kept = {(s.assignment, cell, name) for s in sources for cell, name in variants(s)}
    assert kept <= tried, "a variant was not graded"


def test_every_task_has_right_and_wrong_answers() -> None:
    few = []
    for source in exercises():
        kinds = Counter((cell, name.partition("-")[0]) for cell, name in variants(source))
        for task, cell in source.answers.items():
            if cell.is_hand_graded:
                continue
            right, wrong = kinds[task, "right"], kinds[task, "wrong"]
            if right < 1 or wrong < 3:
                few.append(f"{source.file}:{cell.first}: {task}: {right} right, {wrong} wrong")
    assert not few, "\n".join(["Each task needs one right and three wrong answers:", *few])


def test_the_course_has_enough_to_grade() -> None:
    cells = [cell for source in exercises() for cell in source.answers.values()]
    by_test = [cell for cell in cells if not cell.is_hand_graded]
    by_hand = [cell for cell in cells if cell.is_hand_graded]
    assert len(by_test) >= 60, f"{len(by_test)} auto-graded tasks"
    assert len(by_hand) >= 13, f"{len(by_hand)} hand-graded answers"


# --- the small course shows that a difference is found ----------------------------------------


@pytest.fixture
def untrue(small: CourseFolders) -> CourseFolders:
    """A course with a variant whose header promises a point too few."""
    folder = small.solutions / "ex01-small" / "answers" / "task-1"
    variant = folder / "wrong-typed-in.py"
    text = variant.read_text(encoding="utf-8")
    assert "task-1-a=1, task-1-b=0" in text
    variant.write_text(text.replace("task-1-a=1", "task-1-a=0"), encoding="utf-8")
    return small


def test_a_header_that_is_not_true_is_named(untrue: CourseFolders, tmp_path: Path) -> None:
    scored = grade_answers(untrue, tmp_path / "graded", ["ex01-small"])
    assert [str(one) for one in scored if not one.is_right] == [
        "ex01-small, task-1/wrong-typed-in.py: task-1-a must give 0, gave 1"
    ]
    # Model answer, two variants and a blank of task 1; the shorter columns lie beside them.
    assert len({path.name for path in (tmp_path / "graded" / "submitted").iterdir()}) == 4


def test_few_notebooks_hold_all_answers(small: CourseFolders) -> None:
    (source,) = read(small, "ex01-small")
    packed = tries(source)
    assert [[f"{a.cell} {a.name}" for a in one.answers] for one in packed] == [
        ["task-1 solution", "task-2 solution", "judgement solution"],
        ["task-1 right-loop", "task-2 wrong-last-year", "judgement blank"],
        ["task-1 wrong-typed-in", "task-2 blank"],
        ["task-1 blank"],
    ]


def test_a_submission_that_cannot_be_graded_is_named(
    small: CourseFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A grading process that fails leaves no score, which is no reason to pass."""
    monkeypatch.setattr("safehaven.grading.variants._hand_in", _not_at_all)
    scored = grade_answers(small, tmp_path / "graded", ["ex01-small"], workers=1)
    assert all(not one.is_right and one.failure for one in scored)
    assert isinstance(scored[0], Scored)
    shutil.rmtree(tmp_path / "graded")


def _not_at_all(*_: object) -> None:
    return None
