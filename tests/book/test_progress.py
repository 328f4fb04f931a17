"""The map of the course and the reader's progress, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from safehaven.book.course_map import Exercise, Stop, hours, map_html
from safehaven.book.progress import lesson_end, progress_html

FRONT, LESSON, PROGRESS, REVIEW = (
    "book/index.html",
    "book/history/3-refuge.html",
    "book/start/your-progress.html",
    "book/reference/review.html",
)
STOPS = [
    Stop(1, "A & B", "a/1", "history", 70, 12, Exercise("e/1", 55)),
    Stop(2, "C", "h/2", "haqqani", 60, 12, None),
]


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (55, "55 min"), (60, "1 h"), (70, "1 h 10 min")]
)
def test_times_are_written_as_a_reader_says_them(minutes, words):
    assert hours(minutes) == words


def test_the_map_names_every_lesson_exercise_and_time():
    capstone = Exercise("exercises/capstone/capstone", 240)
    text = map_html(STOPS, capstone, lambda docname: docname + ".html")
    tree = ElementTree.fromstring(text)
    assert {a.get("href") for a in tree.iter("a")} == {
        "a/1.html",
        "e/1.html",
        "h/2.html",
        "book/capstone/assessment.html",
    }
    words = " ".join(" ".join(tree.itertext()).split())
    assert "A & B 1 h 10 min · exercise 1 55 min" in words
    assert "about 7 hours: lessons 2, exercises 1, capstone 4." in words
    assert map_html([], None, str) == ""


def test_the_blocks_are_well_formed():
    ElementTree.fromstring(progress_html(STOPS, str))
    ElementTree.fromstring(lesson_end(1, 12, "index.html"))


@pytest.fixture
def page(browser, course_address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=course_address, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    yield page
    context.close()


def test_a_reader_marks_a_lesson_and_the_map_the_page_and_the_review_know(page: Page):
    page.goto(f"/{LESSON}")
    button = page.get_by_role("button", name="Mark this lesson as read")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    form = page.locator("form.quiz").first
    form.locator("input, select").first.focus()
    page.evaluate(
        "localStorage.setItem('safehaven.quiz',"
        " JSON.stringify({'L03.p01': {score: 0.5, at: '2026-01-01T00:00:00Z'}}))"
    )
    page.goto(f"/{FRONT}")
    stop = page.locator("li[data-lesson='3']")
    expect(stop.locator(".map-where")).to_have_text(
        re.compile("^read · 1 of 12 questions answered")
    )
    page.goto(f"/{PROGRESS}")
    row = page.locator("tr[data-lesson='3']")
    expect(row.locator("td")).to_have_text(["yes", "1 of 12, 0.5 points", re.compile("[01]")])
    expect(page.locator(".progress-sum")).to_contain_text("read 1 of 12 lessons")
    page.goto(f"/{REVIEW}")
    expect(page.locator("[data-lesson='3'] input[type=checkbox]")).to_be_checked()


def test_the_front_page_leads_on_to_where_the_reader_stopped(page: Page):
    page.goto(f"/{FRONT}")
    expect(page.locator(".map-go")).to_have_text(re.compile("^Begin with lesson 1: "))
    page.goto(f"/{LESSON}")
    page.goto(f"/{FRONT}")
    expect(page.locator(".map-go")).to_have_text(re.compile("^Go on with lesson 3: "))
    page.evaluate(
        "localStorage.setItem('safehaven.review',"
        " JSON.stringify({version: 1, read: [1,2,3,4,5,6,7,8,9,10,11,12], cards: {}}))"
    )
    page.reload()
    expect(page.locator(".map-go")).to_have_attribute("href", re.compile("capstone"))


def test_erasing_everything_erases_everything(page: Page):
    page.goto(f"/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    page.goto(f"/{REVIEW}")
    page.get_by_role("button", name="Erase everything").click()
    page.get_by_role("button", name="Yes, erase it").click()
    kept = page.evaluate("Object.entries(localStorage).filter(([k]) => k.startsWith('safehaven.'))")
    assert [key for key, _ in kept] == ["safehaven.review"]
    assert '"read":[]' in kept[0][1]


def test_a_browser_that_keeps_nothing_is_told_so(browser, course_address: str):
    context = browser.new_context(base_url=course_address)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() {throw new Error('refused')}})"
    )
    page = context.new_page()
    page.goto(f"/{LESSON}")
    page.get_by_role("button", name="Mark this lesson as read").click()
    expect(page.locator(".lesson-where")).to_contain_text("keeps nothing")
    page.goto(f"/{PROGRESS}")
    expect(page.locator(".progress-sum")).to_contain_text("keeps nothing")
    context.close()


def test_without_a_script_the_map_stands_and_the_rest_says_so(browser, course_site: Path):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((course_site / FRONT).as_uri())
    assert page.locator(".course-map li a.map-lesson").count() == 12
    assert page.locator(".course-map").bounding_box()["width"] <= 360
    page.goto((course_site / PROGRESS).as_uri())
    expect(page.locator(".progress-off")).to_be_visible()
    page.goto((course_site / LESSON).as_uri())
    expect(page.locator(".lesson-end")).to_be_hidden()
    context.close()


def test_every_lesson_has_its_map_entry_and_its_end(course_site: Path):
    for stop in range(1, 13):
        (file,) = course_site.glob(f"book/*/{stop}-*.html")
        assert f'class="lesson-end" data-lesson="{stop}"' in file.read_text(encoding="utf-8")
