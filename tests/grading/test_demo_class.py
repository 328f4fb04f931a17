"""The demo class of the course: every student gets the right score, and the formgrader opens."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.grading.demo import Outcome, default_folder, outcome_table, run_demo_class
from safehaven.grading.formgrader import running_formgrader
from tests.course_copy import EXERCISE, QUIZ, course_copy
from tests.grading.leaks import hidden_lines, leaks

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "_build" / "screenshots"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    """The course as an instructor has it, in a folder of its own."""
    return course_copy(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def outcomes(course: CourseFolders) -> list[Outcome]:
    return run_demo_class(course)


def test_every_student_gets_the_score_that_is_due(outcomes: list[Outcome]) -> None:
    assert all(o.is_right for o in outcomes), outcome_table(outcomes)
    assert Counter(o.hand_in.assignment for o in outcomes) == {EXERCISE: 24, QUIZ: 24}
    assert {o.hand_in.kind for o in outcomes} == {
        "right",
        "right in another way",
        "mistakes",
        "half done",
        "blank",
        "late",
    }


def test_scores_that_a_person_can_check(outcomes: list[Outcome]) -> None:
    score = {(o.hand_in.student, o.hand_in.assignment): o.score for o in outcomes}
    assert score["student-01", EXERCISE] == score["student-03", EXERCISE] == 16
    assert score["student-22", EXERCISE] == 0
    assert score["student-20", EXERCISE] == 2 + 2 + 3
    assert score["student-01", QUIZ] == score["student-03", QUIZ] == 10
    assert score["student-18", QUIZ] == score["student-22", QUIZ] == 0
    assert score["student-20", QUIZ] == 5
    waiting = {o.hand_in.student for o in outcomes if o.by_hand}
    assert {"student-01", "student-21"} <= waiting
    assert not {"student-02", "student-20", "student-22"} & waiting, "nothing to mark"


def test_the_exported_table_holds_ids_and_no_names(
    course: CourseFolders, outcomes: list[Outcome]
) -> None:
    with (default_folder(course) / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(outcomes)
    assert {row["first_name"] + row["last_name"] + row["email"] for row in rows} == {""}
    late = [row for row in rows if row["timestamp"] > row["duedate"]]
    assert {row["student_id"] for row in late} == {"student-23", "student-24"}
    assert {float(row["late_submission_penalty"]) for row in late} == {0.0}


def test_a_student_learns_what_was_wrong(course: CourseFolders, outcomes: list[Outcome]) -> None:
    assert outcomes
    feedback = default_folder(course) / "feedback" / "student-05" / EXERCISE / f"{EXERCISE}.html"
    assert "count different refs, not rows and not names" in feedback.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [EXERCISE, QUIZ])
def test_nbgraders_own_command_shows_no_hidden_line_either(
    course: CourseFolders, outcomes: list[Outcome], name: str
) -> None:
    assert outcomes
    hidden = hidden_lines(
        course.solutions / name / f"{name}.ipynb", course.exercises / name / f"{name}.ipynb"
    )
    pages = list(default_folder(course).glob(f"feedback/*/{name}/{name}.html"))
    assert len(pages) == 24
    found = {
        page.parts[-3]: lines
        for page in pages
        if (lines := list(leaks(page.read_text(encoding="utf-8"), hidden)))
    }
    assert found == {}


# --- the formgrader ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(course: CourseFolders, outcomes: list[Outcome]) -> Iterator[str]:
    assert outcomes
    with running_formgrader(default_folder(course)) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that is logged in; whatever goes wrong in it fails the test."""
    wrong: list[str] = []
    opened = browser.new_page(viewport={"width": 1280, "height": 1000})
    opened.set_default_timeout(20_000)
    # nbgrader's page takes MathJax from the web. A stand-in keeps the test on this machine.
    opened.route("**/*", _stay_here)
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on(
        "response",
        lambda reply: wrong.append(f"{reply.status} {reply.url}") if reply.status >= 400 else None,
    )
    opened.goto(address)
    yield opened
    opened.close()
    assert wrong == []


def _stay_here(route: Route) -> None:
    if route.request.url.startswith("http://127.0.0.1:"):
        route.continue_()
    else:
        stand_in = "var MathJax={Hub:{Config(){},Queue(){},Startup:{signal:{Interest(){}}}}};"
        route.fulfill(content_type="text/javascript", body=stand_in)


def _shot(page: Page, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"formgrader-{name}.png")


def _open(page: Page, path: str) -> None:
    page.goto(page.url.split("/formgrader")[0] + f"/formgrader/{path}")


def test_the_formgrader_lists_the_assignments(page: Page) -> None:
    row = page.locator("#main-table tr", has_text=EXERCISE)
    row.wait_for()
    assert "24" in row.inner_text()
    assert "2026-10-16 21:59:59 UTC" in row.inner_text()
    page.locator("#main-table tr", has_text=QUIZ).wait_for()
    _shot(page, "assignments")


def test_the_formgrader_shows_submissions_with_scores(page: Page) -> None:
    _open(page, f"manage_submissions/{EXERCISE}")
    page.locator("#main-table tr", has_text="student-24").wait_for()
    assert page.locator("#main-table tr").count() == 24
    text = page.locator("#main-table tr", has_text="student-05").inner_text()
    assert "14.75 / 20" in text
    assert "needs manual grading" in text
    _shot(page, "submissions")


def test_a_student_notebook_can_be_marked(page: Page) -> None:
    _open(page, f"manage_students/student-05/{EXERCISE}")
    page.locator("#main-table a", has_text=EXERCISE).click()
    answer = page.get_by_text('return table["regime"].value_counts().to_dict()')
    answer.first.wait_for()
    page.wait_for_function("document.querySelector('input.score').placeholder !== ''")
    placed = page.locator("input.score").evaluate_all("all => all.map(one => one.placeholder)")
    assert placed[:2] == ["1", "0"], "task-1-a passed, task-1-b did not"
    assert placed[-1] == "", "the judgement waits for a person"
    page.get_by_text("One point for each criterion that can be seen").wait_for()
    page.locator("input.score").last.scroll_into_view_if_needed()
    _shot(page, "judgement")


def test_the_formgrader_is_closed_without_the_token(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address.partition("?")[0])
    assert "/login" in page.url
    context.close()


def test_a_folder_that_is_no_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no course to open"), running_formgrader(tmp_path):
        pass


def test_a_server_that_does_not_start_is_named(address: str, course: CourseFolders) -> None:
    port = int(address.split("/")[2].partition(":")[2])
    with (
        pytest.raises(CourseError, match="did not start") as found,
        running_formgrader(default_folder(course), port=port),
    ):
        pass
    assert "0 for any free one" in found.value.remedy
