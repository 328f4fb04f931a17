"""The whole site, built as `make course` builds it, in a real browser without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from safehaven.bank import load_bank
from safehaven.bank.present import entry_texts
from safehaven.folders import CourseFolders
from tests.mini_course import ROOT

COURSE = CourseFolders(ROOT)
LESSON = "book/haqqani/7-the-network.html"


@pytest.fixture
def html(course_site: Path) -> Path:
    return course_site


def opened(browser, html: Path, name: str, **options) -> tuple[Page, list[str], list[str]]:
    """A page from the file system, with the requests it made and the errors it had."""
    page = browser.new_context(offline=True, **options).new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type in ("error", "warning") else None)
    page.goto((html / name).as_uri())
    return page, requests, errors


def pages(html: Path) -> list[str]:
    found = [*html.glob("book/**/*.html"), *html.glob("exercises/**/*.html")]
    return sorted(file.relative_to(html).as_posix() for file in found)


def test_every_page_works_alone_and_fits_a_narrow_screen(html, browser):
    assert len(pages(html)) > 30
    first, *rest = pages(html)
    page, requests, errors = opened(browser, html, first, viewport={"width": 360, "height": 800})
    for name in (first, *rest):
        if name != first:
            page.goto((html / name).as_uri())
        assert errors == [], name
        assert [r for r in requests if not r.startswith(("file:", "data:"))] == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.context.close()


def test_no_link_inside_the_book_is_broken(html):
    broken = []
    for name in pages(html):
        file = html / name
        for target in re.findall(r'href="([^"#?]+)(?:#[^"]*)?"', file.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and not (file.parent / target).exists():
                broken.append(f"{name}: {target}")
    assert broken == []


def test_no_graded_question_reaches_the_site(html):
    kinds = {".html", ".js", ".json", ".txt", ".ipynb", ".md"}
    texts = {f: f.read_text(encoding="utf-8") for f in html.rglob("*") if f.suffix in kinds}
    for question in load_bank(COURSE, uses=("graded",)):
        pieces = [longest_plain(text) for text in (question.stem, *entry_texts(question))]
        leaks = [file for file, text in texts.items() if all(piece in text for piece in pieces)]
        assert leaks == [], question.id


def longest_plain(text: str) -> str:
    """The longest part of a text that stands in HTML as it does in the bank."""
    return max(re.split(r"[<>&'\"*{}]", text), key=len)


def test_a_practice_question_would_be_found(html):
    """The search above finds what is there."""
    question = next(iter(load_bank(COURSE, uses=("practice",)).of(7, "practice")))
    text = (html / LESSON).read_text(encoding="utf-8")
    assert all(longest_plain(t) in text for t in (question.stem, *entry_texts(question)))


def test_practice_questions_answer_in_the_page(html, browser):
    page, _, errors = opened(browser, html, LESSON)
    first = page.locator("form.quiz, .quiz form").first
    first.locator("input[type=radio]").first.check()
    first.get_by_role("button", name="Check").first.click()
    assert page.locator("[role=status]").first.inner_text()
    assert errors == []


def test_without_javascript_the_answers_are_there(html, browser):
    page, _, _ = opened(browser, html, LESSON, java_script_enabled=False)
    answer = page.locator("details", has_text="Answer and explanation").first
    answer.locator("summary").click()
    assert len(answer.inner_text()) > 60


def test_the_timeline_can_be_narrowed(html, browser):
    page, _, _ = opened(browser, html, "book/reference/timeline.html")
    rows = page.locator(".generated-timeline tbody tr")
    every = rows.count()
    page.get_by_label("Strand").select_option("Haqqani network")
    shown = rows.locator("visible=true").count()
    assert 0 < shown < every
    assert page.get_by_text(f"{shown} of {every} events").is_visible()


def test_the_network_can_be_narrowed_by_decade_and_grade(html, browser):
    page, _, _ = opened(browser, html, "book/reference/people.html")
    lines = page.locator(".ties-picture line:visible")
    every = lines.count()
    page.get_by_label("A alone").check()
    strong = lines.count()
    page.get_by_label("1990s").check()
    assert 0 < lines.count() < strong < every


def test_an_exercise_can_be_taken_along_and_its_solution_opened(html, browser):
    name = "exercises/ex07-two-lists/ex07-two-lists.html"
    page, _, _ = opened(browser, html, name)
    link = page.get_by_role("link", name=re.compile("Download the notebook")).get_attribute("href")
    assert (html / name).parent.joinpath(link).resolve().is_file()
    solution = page.locator("details.worked-solution").first
    assert not solution.locator("pre").is_visible()
    solution.locator("summary").click()
    assert "def count_entries" in solution.locator("pre").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1300])
def test_screenshots_are_kept_to_be_looked_at(html, browser, scheme, width):
    page, _, _ = opened(
        browser, html, LESSON, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    target = COURSE.build / "screenshots" / f"lesson-{width}-{scheme}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target, full_page=True)
    ink, ground = page.evaluate(
        "(() => { const s = getComputedStyle(document.querySelector('article p')); "
        "return [s.color, getComputedStyle(document.body).backgroundColor]; })()"
    )
    assert contrast(ink, ground) >= 7, (ink, ground)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two CSS colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
