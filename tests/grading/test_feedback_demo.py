"""The feedback of the whole demo class, graded by this layer, holds no line of a hidden test."""

from pathlib import Path

import pytest

from safehaven.folders import CourseFolders
from safehaven.grading.demo import prepare
from safehaven.grading.feedback import FeedbackRun, feedback
from safehaven.grading.plan import HandIn, load_plan
from safehaven.grading.run import grade
from tests.course_copy import EXERCISE, QUIZ, course_copy
from tests.grading.leaks import hidden_lines, leaks

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    return course_copy(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def plan(course: CourseFolders) -> list[HandIn]:
    return load_plan(course)


@pytest.fixture(scope="module")
def demo(
    course: CourseFolders, plan: list[HandIn], tmp_path_factory: pytest.TempPathFactory
) -> CourseFolders:
    demo = prepare(course, tmp_path_factory.mktemp("demo"), plan)
    for name in (EXERCISE, QUIZ):
        grade(demo.root, name)
    return demo


@pytest.fixture(scope="module")
def runs(demo: CourseFolders) -> dict[str, FeedbackRun]:
    return {name: feedback(demo.root, name) for name in (EXERCISE, QUIZ)}


@pytest.mark.parametrize("name", [EXERCISE, QUIZ])
def test_no_page_holds_a_line_of_a_hidden_test(
    demo: CourseFolders, runs: dict[str, FeedbackRun], name: str
) -> None:
    hidden = hidden_lines(
        demo.solutions / name / f"{name}.ipynb", demo.exercises / name / f"{name}.ipynb"
    )
    assert len(hidden) > 50
    pages = [page for made in runs[name].made for page in made.pages]
    assert len(pages) == 24, str(runs[name])
    found = {
        page.parent.parent.name: lines
        for page in pages
        if (lines := list(leaks(page.read_text(encoding="utf-8"), hidden)))
    }
    assert found == {}


def test_every_page_says_the_points_that_are_due(
    plan: list[HandIn], runs: dict[str, FeedbackRun]
) -> None:
    folder = runs[QUIZ].folder
    for hand_in in plan:
        page = folder / hand_in.student / hand_in.assignment / f"{hand_in.assignment}.html"
        said = f"<strong>{round(hand_in.score, 2):g}</strong> of "
        assert said in page.read_text(encoding="utf-8"), page


def test_a_wrong_answer_is_told_with_its_hint_and_section(runs: dict[str, FeedbackRun]) -> None:
    exercise = (runs[EXERCISE].folder / "student-05" / EXERCISE / f"{EXERCISE}.html").read_text()
    assert "entries are counted, not rows and not names" in exercise
    assert "count different refs, not rows and not names" in exercise
    assert "<strong>Read again:</strong> Lesson 7, section &#39;Two lists&#39;" in exercise
    quiz = (runs[QUIZ].folder / "student-18" / QUIZ / f"{QUIZ}.html").read_text()
    sections = quiz.count('<section class="task"')
    assert sections >= 10
    assert quiz.count("<strong>Read again:</strong> Lesson 7, section") == sections
    assert quiz.count("<li>Not right.</li>") > 5
