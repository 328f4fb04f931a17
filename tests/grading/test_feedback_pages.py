"""Pages of feedback on a course that is not this one, graded by stock nbgrader."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from safehaven.assignments.stock import find_programs, nbgrader_api
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders
from safehaven.grading.feedback import feedback
from safehaven.grading.feedback.exporter import render
from safehaven.grading.feedback.hidden import REMOVED
from safehaven.grading.feedback.model import Page as Feedback
from safehaven.grading.outcome import Note, Outcome
from tests.grading.leaks import hidden_lines, leaks
from tests.grading.parity.build import hand_in, write_source
from tests.grading.parity.stock import autograde

FIXTURE = Path(__file__).parent / "feedback_course" / "bread"
SHOTS = Path(__file__).parents[2] / "_build" / "screenshots"
NAME = "bread"
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "bakery"
c.LateSubmissionPlugin.penalty_method = "zero"
"""
OURS = "from safehaven.grading.feedback import configure\nconfigure(c)\n"
#: Which try of every task each student hands in; 0 is right, 9 is nothing.
STUDENTS = {"right": 0, "wrong": 1, "stops": 2, "spy": 3, "blank": 9, "late": 0, "st[1]": 1}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    course = CourseFolders(tmp_path_factory.mktemp("bakery"))
    (course.root / MARKER).write_text(CONFIG, encoding="utf-8")
    notebooks = write_source(course, FIXTURE)
    _reread(course.root / "source" / NAME / "dough.ipynb")
    api = nbgrader_api(course)
    assert api.generate_assignment(NAME)["success"]
    with api.gradebook as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2027-01-10 12:00:00 UTC")
    graded = [student for student in STUDENTS if student != "st[1]"]
    for student in graded:
        folder = hand_in(course, student, NAME, notebooks, STUDENTS[student])
        when = "2027-01-12 11:00:00 UTC" if student == "late" else "2027-01-09 08:00:00 UTC"
        (folder / "timestamp.txt").write_text(when, encoding="utf-8")
    _spoil(course.root / "submitted" / "wrong" / NAME / "oven.ipynb")
    failures = autograde(course, [(student, NAME) for student in graded])
    assert not any(failures.values()), failures
    _pattern_student(course)
    with api.gradebook as gradebook:
        essay = gradebook.find_grade("why", "dough", NAME, "wrong")
        gradebook.find_grade("flour-one", "dough", NAME, "wrong").manual_score = 0.5
        essay.manual_score, essay.extra_credit, essay.needs_manual_grade = 2.5, 0.5, False
        gradebook.find_comment(
            "why", "dough", NAME, "wrong"
        ).manual_comment = "Good, but *how long*?\n\n![a picture](http://example.org/p.png)"
        gradebook.find_comment("flour", "dough", NAME, "wrong").manual_comment = "Nearly."
        gradebook.db.commit()
    return course


def _reread(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content["metadata"]["safehaven_reread"] = {"flour": "Chapter 2, 'Flour'"}
    path.write_text(json.dumps(content), encoding="utf-8")


def _spoil(path: Path) -> None:
    """Take a check out, and forge a cell with its name that says what it likes."""
    content = json.loads(path.read_text(encoding="utf-8"))
    cells = content["cells"]
    content["cells"] = [
        c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") != "heat-1"
    ]
    path.write_text(json.dumps(content), encoding="utf-8")


def _pattern_student(course: CourseFolders) -> None:
    """A student whose id is a pattern of file names: stock cannot grade it, so copy one."""
    shutil.copytree(
        course.root / "autograded" / "right" / NAME, course.root / "autograded" / "st[1]" / NAME
    )
    with nbgrader_api(course).gradebook as gradebook:
        gradebook.update_or_create_student("st[1]")
        gradebook.update_or_create_submission(NAME, "st[1]")


@pytest.fixture(scope="module")
def made(course: CourseFolders) -> Path:
    """The folder with all pages."""
    lines: list[str] = []
    run = feedback(course.root, NAME, report=lines.append)
    assert run.failures == (), str(run)
    assert {one.student for one in run.made} == set(STUDENTS)
    assert all(len(one.pages) == 2 for one in run.made)
    assert str(run) == f"Feedback for 7 students, 14 pages, in {course.root / 'feedback'}."
    assert sorted(line.split()[0] for line in lines) == [f"{i}/7" for i in range(1, 8)]
    return run.folder


def text_of(made: Path, student: str, notebook: str = "dough") -> str:
    page = (made / student / NAME / f"{notebook}.html").read_text(encoding="utf-8")
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.S)
    return " ".join(html.unescape(words).split())


def test_no_page_holds_a_hidden_line(course: CourseFolders, made: Path) -> None:
    for notebook in ("dough", "oven"):
        hidden = hidden_lines(
            course.root / "source" / NAME / f"{notebook}.ipynb",
            course.root / "release" / NAME / f"{notebook}.ipynb",
        )
        assert len(hidden) >= (10 if notebook == "dough" else 1)
        for student in STUDENTS:
            page = (made / student / NAME / f"{notebook}.html").read_text(encoding="utf-8")
            assert list(leaks(page, hidden)) == [], student
            for word in ("658436", "hidden_bakery", "baker_case", "2828", "chief baker"):
                assert word not in page, student


def test_the_spy_did_read_the_test(course: CourseFolders) -> None:
    """Else the test above would prove nothing about what stock nbgrader leaves in notebooks."""
    graded = course.root / "autograded" / "spy" / NAME / "dough.ipynb"
    outputs = [cell.get("outputs") for cell in json.loads(graded.read_text())["cells"]]
    assert "hidden_bakery = [3, 17, 1234]" in json.dumps(outputs)


def test_everything_right(made: Path) -> None:
    text = text_of(made, "right")
    assert "8 of 12 points so far: your instructor has marks to give" in text
    assert "All notebooks of this assignment together: 10 of 17 points." in text
    assert "one loaf 1 of 1 ✓ passed" in text
    assert "Task 3: In words – of 4 … not marked yet" in text
    assert "not passed" not in text
    assert "Read again" not in text


def test_what_was_wrong_is_said_in_words(made: Path) -> None:
    text = text_of(made, "wrong")
    assert "Task 1: Flour 0.5 of 3 ◐ some points" in text
    assert "several loaves 0 of 2 ✗ not passed It failed in line 2 of its cell" in text
    assert "Read again: Chapter 2, 'Flour'" in text
    assert "Check water for a few amounts of flour 0 of 1 ✗ not passed" in text
    assert "A hidden part of this check failed. What your code gives is not what" in text
    assert "water-library 0 of 1 ✗ not passed A hidden part of this check failed. Think of" in text
    assert "Not equal to tolerance" not in text
    assert "Wrong for 300 grams of flour." in text
    assert "Read again: Chapter 3, section 'Water'" in text
    assert "def flour(loaves): return 500" in text


def test_marks_and_comments_of_the_instructor_are_shown(made: Path) -> None:
    text = text_of(made, "wrong")
    assert "Marked by your instructor 3 of 4 ◐ some points 0.5 of these are extra" in text
    assert "one loaf 0.5 of 1 ◐ some points Your instructor has set these points." in text
    assert "Your instructor's comment Good, but how long ? [picture: a picture]" in text
    assert "Your instructor's comment Nearly." in text


def test_an_error_is_told_with_the_students_own_line(made: Path) -> None:
    text = text_of(made, "stops")
    assert "It stopped with an error: ZeroDivisionError: division by zero" in text
    assert "In your own code: return grams / 0" in text
    assert "It stopped with an error: TypeError: unsupported operand" in text
    assert (
        "It stopped with an error: KeyError: 'no shares' In your own code: raise KeyError" in text
    )
    assert "water stopped with TypeError" in text
    assert "grams times two thirds" not in text.replace('print("grams times two thirds")', "")
    assert "Traceback" not in text


def test_what_a_spy_raises_is_taken_out(made: Path) -> None:
    text = text_of(made, "spy")
    assert "several loaves 0 of 2 ✗ not passed" in text
    assert REMOVED not in text, "it was never taken for a message"


def test_an_untouched_answer_is_said_to_be_one(made: Path) -> None:
    text = text_of(made, "blank")
    assert "0 of 12 points" in text
    assert text.count("You left this answer as it was handed out.") == 3
    assert "Task 3: In words 0 of 4 ✗ no points" in text


def test_a_penalty_for_lateness_is_shown(made: Path) -> None:
    text = text_of(made, "late")
    assert "0 of 12 points" in text
    assert "Handed in 2 days late. 8 points taken off for that." in text
    assert "Lateness −8" in text


def test_a_check_that_is_not_in_the_notebook(made: Path) -> None:
    text = text_of(made, "wrong", "oven")
    assert "The cell of this check was not in your notebook." in text
    assert "heat = 100" in text


def test_a_task_of_nbgraders_own_kind(made: Path) -> None:
    text = text_of(made, "right", "oven")
    assert "Part B – of 3 … not marked yet" in text
    assert "Describe the crust." in text


def test_the_instructor_can_use_nbgraders_own_command(course: CourseFolders, made: Path) -> None:
    ours = (made / "wrong" / NAME / "dough.html").read_text(encoding="utf-8")
    find_programs()
    config = course.root / MARKER
    config.write_text(CONFIG + OURS, encoding="utf-8")
    try:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "nbgrader",
                "generate_feedback",
                NAME,
                "--force",
                "--student=wrong",
            ],
            cwd=course.root,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert (made / "wrong" / NAME / "dough.html").read_text(encoding="utf-8") == ours
        # The formgrader's button calls this.
        result = nbgrader_api(course).generate_feedback(NAME, "wrong")
        assert result["success"], result
        assert (made / "wrong" / NAME / "dough.html").read_text(encoding="utf-8") == ours
    finally:
        config.write_text(CONFIG, encoding="utf-8")


def report(course: CourseFolders, *outcomes: Outcome) -> Path:
    file = course.root / "grading" / NAME / "grading-report.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"outcomes": [o.as_dict() for o in outcomes]}), encoding="utf-8")
    return file


def test_what_the_grading_found_is_told(course: CourseFolders, made: Path) -> None:
    folder = course.root / "submitted" / "broken" / NAME
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2027-01-09 08:00:00 UTC", encoding="utf-8")
    (folder / "submission_secret.txt").symlink_to(course.root / "gradebook.db")
    notes = (
        Note("renamed", "secret details", "dough"),
        Note("fallback", "not for students", "dough", "flour-one"),
        Note("timeout", "elsewhere", "oven"),
    )
    file = report(
        course,
        Outcome("broken", NAME, "ungradable", reason="the file is no notebook"),
        Outcome("spy", NAME, "tampered", notes=(Note("tampering", "builtins.print"),)),
        Outcome("right", NAME, "graded with notes", notes=notes),
    )
    try:
        run = feedback(course.root, NAME, ["broken", "spy", "right", "nobody"], workers=1)
        assert [one.student for one in run.failures] == ["nobody"]
        assert "nobody: nothing of this assignment has been graded" in str(run)
        for notebook in ("dough", "oven"):
            text = text_of(made, "broken", notebook)
            assert "could not be graded: the file is no notebook. Your instructor" in text
        assert (made / "broken" / NAME / "timestamp.txt").is_file()
        assert not (made / "broken" / NAME / "submission_secret.txt").exists()
        assert "their results are in doubt" in text_of(made, "spy")
        assert "builtins.print" not in text_of(made, "spy")
        right = text_of(made, "right")
        assert "another name than the one handed out" in right
        for word in ("secret details", "not for students", "ran too long"):
            assert word not in right
    finally:
        file.unlink()
        shutil.rmtree(folder.parent)


def test_a_name_that_is_a_path_writes_nowhere(course: CourseFolders, made: Path) -> None:
    assert made
    file = report(course, Outcome("../../..", NAME, "ungradable", reason="no notebook"))
    try:
        run = feedback(course.root, NAME, ["../../.."])
        assert run.failures[0].failure == "this id cannot be the name of a folder"
    finally:
        file.unlink()


def test_a_folder_without_a_course_or_work_is_refused(
    course: CourseFolders, tmp_path: Path
) -> None:
    with pytest.raises(CourseError, match="no nbgrader course"):
        feedback(tmp_path, NAME)
    with pytest.raises(CourseError, match="No work of 'cake'"):
        feedback(course.root, "cake")


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture
def asked() -> list[str]:
    """The addresses that a page has asked for."""
    return []


@pytest.fixture(params=[(1000, "light"), (360, "dark")], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser: Browser, asked: list[str]) -> Iterator[Page]:
    width, scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.on("console", lambda said: asked.append(said.text))
    yield opened
    opened.close()


#: The contrast of every text with what is behind it, by WCAG's formula; the lowest.
CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number);
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b); };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = getComputedStyle(e).backgroundColor;
    if (!c.endsWith(', 0)') && c !== 'transparent') return c; } };
  let lowest = [99, ''];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < lowest[0]) lowest = [ratio, e.textContent];
  }
  return lowest;
}"""


def test_a_page_stands_alone_and_can_be_read(made: Path, page: Page, asked: list[str]) -> None:
    address = (made / "wrong" / NAME / "dough.html").as_uri()
    page.goto(address)
    assert asked == [address], "nothing is fetched, and the browser has nothing to say"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("innerWidth"), "nothing runs out of the page"
    lowest, text = page.evaluate(CONTRAST)
    assert lowest >= 4.5, text
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for landmark in ("header", "main", "footer"):
        assert page.locator(landmark).count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    link = page.locator(".summary a").nth(1)
    link.click()
    target = page.locator(link.get_attribute("href") or "")
    assert target.locator("h2").inner_text() == link.inner_text() == "Task 2: Water"
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"feedback-{page.evaluate('innerWidth')}.png", full_page=True)


def test_a_page_can_be_printed(made: Path, browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto((made / "right" / NAME / "dough.html").as_uri())
    page.emulate_media(media="print")
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator("details.answer pre").first.evaluate("e => e.checkVisibility()"), (
        "a closed answer is printed too"
    )
    assert page.locator(".back").first.is_hidden()
    page.close()


def test_hostile_names_are_only_text(browser: Browser) -> None:
    evil = '<img src="http://example.org/x" onerror="document.title=1"><script>1</script>'
    page = browser.new_page()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url))
    page.set_content(render(Feedback(evil, evil, evil, evil)))
    assert page.locator("h1").inner_text() == evil
    assert page.locator("img, script").count() == 0
    assert sent == []
    page.close()
