"""The review page: cards over days in a browser, its file, its words without a script."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sphinx.application import Sphinx

import safehaven.book
from safehaven.bank import load_bank
from safehaven.book.pages.reference import read_rows
from safehaven.book.review import OFF, LessonCards, Term, review_html, terms_met
from safehaven.folders import CourseFolders
from safehaven.lessons import read_lessons
from tests.mini_course import ROOT, write
from tests.render.geography import questions

STATIC = Path(safehaven.book.__path__[0]) / "static"
VENDOR = STATIC / "vendor" / "ts-fsrs"
COURSE = CourseFolders(ROOT)
TERMS = [
    Term("base rate", "How common a thing is & stays.", "atlas", (1,)),
    Term("jirga", "An assembly </script> of elders.", "", (1, 2)),
    Term("madrasa", "A school of religious learning.", "", (2,)),
]
LESSONS = [
    LessonCards(1, "Rivers & towns", "1.html", questions()),
    LessonCards(2, "Roads", "2.html", []),
]


def cite(source) -> str:
    return f'<a href="works.html">{source.key}</a>'


HTML = review_html(LESSONS, TERMS, cite)

# As text --------------------------------------------------------------------------------------


def test_the_block_is_well_formed_and_fetches_nothing():
    tree = ET.fromstring(HTML)
    assert len(tree.findall(".//form")) == len(questions())
    assert "http" not in HTML
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)


def test_the_script_of_the_terms_cannot_be_ended_by_a_term():
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", HTML, re.S)
    entries = json.loads(script)
    assert [entry["definition"] for entry in entries] == [term.definition for term in TERMS]


def test_every_term_of_the_course_is_met_in_a_lesson_that_holds_it():
    lessons, _ = read_lessons(COURSE.book)
    rows = read_rows(COURSE.data / "glossary" / "glossary.csv")
    terms = {term.name: term for term in terms_met(rows, lessons)}
    assert len(terms) > 0.9 * len(rows)
    for lesson in lessons:
        text = lesson.file.read_text(encoding="utf-8")
        for name in re.findall(r"\{term\}`([^`<>]+)`", text):
            if name in terms:
                assert lesson.number in terms[name].lessons, name


def test_the_page_of_the_whole_course_is_light():
    lessons, _ = read_lessons(COURSE.book)
    bank = load_bank(COURSE, uses=("practice",))
    cards = [
        LessonCards(n.number, n.head.title, "lesson.html", bank.of(n.number, "practice"))
        for n in lessons
    ]
    rows = read_rows(COURSE.data / "glossary" / "glossary.csv")
    block = review_html(cards, terms_met(rows, lessons), cite).encode()
    scripts = [VENDOR / "ts-fsrs.umd.js", STATIC / "review.js", STATIC / "review.css"]
    weight = sum(len(gzip.compress(part)) for part in [block, *(f.read_bytes() for f in scripts)])
    assert weight < 150_000


def test_the_vendored_file_is_the_one_that_its_note_names():
    note = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")
    digest = hashlib.sha256((VENDOR / "ts-fsrs.umd.js").read_bytes()).hexdigest()
    assert f"sha256 `{digest}`" in note
    assert (VENDOR / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


# In Sphinx ------------------------------------------------------------------------------------


@pytest.fixture
def built(mini_course) -> Callable[[str], Path]:
    """Builds the review page of a small course, and a page beside it, for a target."""
    text = "# Review\n\n```{review}\n```\n\n```{toctree}\nother\n```\n"
    write(
        mini_course.root,
        {"book/reference/review.md": text, "book/reference/other.md": "# Other\n\nWords.\n"},
    )

    def build(builder: str) -> Path:
        target = mini_course.build / builder
        app = Sphinx(
            srcdir=mini_course.root,
            confdir=None,
            outdir=target,
            doctreedir=mini_course.build / "doctrees",
            buildername=builder,
            status=None,
            confoverrides={
                "extensions": ["myst_parser", "safehaven.book", "safehaven.book.review"],
                "include_patterns": ["book/reference/review.md", "book/reference/other.md"],
                "root_doc": "book/reference/review",
                "suppress_warnings": ["safehaven"],
            },
        )
        app.build()
        return target / "book" / "reference"

    return build


def test_the_page_alone_loads_the_planner_and_the_graded_bank_stays_out(built):
    folder = built("html")
    page = (folder / "review.html").read_text(encoding="utf-8")
    other = (folder / "other.html").read_text(encoding="utf-8")
    scripts = re.findall(r'<script[^>]*src="[^"]*?_static/([^"?]*)', page)
    assert scripts.index("quiz.js") < scripts.index("vendor/ts-fsrs/ts-fsrs.umd.js")
    assert scripts.index("vendor/ts-fsrs/ts-fsrs.umd.js") < scripts.index("review.js")
    assert "review.css" in page
    assert "ts-fsrs" not in other and "review.js" not in other and "review.css" not in other
    static = folder.parents[1] / "_static"
    assert (static / "vendor" / "ts-fsrs" / "LICENSE").is_file()
    assert 'id="quiz-L01-p01"' in page
    assert 'href="../history/1-small.html"' in page
    assert "term:base rate" in page
    index = (folder.parents[1] / "searchindex.js").read_text(encoding="utf-8")
    assert "kandahar" not in index  # an option of the question: the lesson is what is found


@pytest.mark.parametrize("builder", ["text", "singlehtml"])
def test_a_target_without_scripts_gets_the_words_alone(built, builder):
    folder = built(builder)
    (file,) = folder.glob("review.*")
    text = " ".join(file.read_text(encoding="utf-8").split())
    assert OFF in text
    assert "Kandahar" not in text


# In a browser ---------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>Review</title>
<meta name="viewport" content="width=device-width, initial-scale=1" />
<style>html[data-theme=dark] {{ --pst-color-text-base: #ced6dd; --pst-color-background: #121212;
--pst-color-text-muted: #9ca4af; color-scheme: dark; background: #121212 }}</style>
<link rel="stylesheet" href="quiz.css" /><link rel="stylesheet" href="review.css" />
<script defer="defer" src="quiz.js"></script>
<script defer="defer" src="ts-fsrs.umd.js"></script>
<script defer="defer" src="review.js"></script></head>
<body><main><h1>Review</h1>{block}</main></body></html>"""
MONDAY = "2026-11-23T09:00:00"
REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    for name in ("quiz.js", "quiz.css", "review.js", "review.css", "vendor/ts-fsrs/ts-fsrs.umd.js"):
        shutil.copy(STATIC / name, folder)
    (folder / "index.html").write_text(PAGE.format(block=HTML), encoding="utf-8")
    return (folder / "index.html").as_uri()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page from the file system on a Monday; a mistake in the browser fails the test."""
    contexts, mistakes = [], []

    def start(at: str = MONDAY, script: str = "", **settings) -> Page:
        contexts.append(browser.new_context(timezone_id="Europe/London", **settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on("console", lambda message: mistakes.append(message.text))
        page.on("request", lambda r: mistakes.append(r.url) if r.url.startswith("http") else None)
        page.clock.install(time=at)
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
    assert mistakes == []


def on(page: Page, at: str) -> Page:
    """The same reader on another day."""
    page.clock.set_fixed_time(at)
    page.reload()
    return page


def due(page: Page):
    return page.locator(".review-due")


def button(page: Page, name: str):
    return page.get_by_role("button", name=name)


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('safehaven.review')"))


def answered(page: Page, **scores: float) -> Page:
    """What a lesson keeps of answers given on Monday morning."""
    answers = {
        key.replace("_", "."): {"score": score, "at": "2026-11-23T08:00:00.000Z"}
        for key, score in scores.items()
    }
    page.evaluate("a => localStorage.setItem('safehaven.quiz', JSON.stringify(a))", answers)
    page.reload()
    return page


def test_nothing_is_due_before_anything_is_met(open_page: Open):
    page = open_page()
    expect(due(page)).to_contain_text("Nothing to review yet.")
    expect(button(page, "Start the review")).to_be_hidden()
    expect(page.get_by_text("6 questions, 2 terms")).to_be_visible()


def test_answers_in_a_lesson_come_back_the_sooner_the_worse_they_were(open_page: Open):
    page = answered(open_page(), L01_p01=1, L01_p02=0.33, L01_p03=0, L09_p01=1)
    cards = kept(page)["cards"]
    assert set(cards) == {"L01.p01", "L01.p02", "L01.p03"}  # one of no lesson here is left out
    dates = [cards[f"L01.p0{i}"]["due"] for i in (3, 2, 1)]
    assert dates == sorted(dates) and dates[0].startswith("2026-11-24")
    expect(due(page)).to_have_text(re.compile(r"^2 due today, \d tomorrow\.$"))  # the two terms


def test_a_question_over_days(open_page: Open):
    page = answered(open_page(), L01_p01=0)
    on(page, "2026-11-24T07:00:00")  # the next morning counts, although not 24 hours have passed
    expect(due(page)).to_have_text("3 due today, 0 tomorrow.")
    button(page, "Start the review").click()
    expect(page.locator(".review-place")).to_have_text("Question 1 of 3")
    expect(page.get_by_role("link", name="1. Rivers & towns").first).to_be_visible()
    expect(page.get_by_text("answered before")).to_be_hidden()
    button(page, "Check").click()
    expect(page.get_by_text("Choose an answer first.")).to_be_visible()
    page.get_by_role("radio", name="Amu Darya").check()
    button(page, "Check").click()
    expect(page.get_by_text("The Amu Darya runs along")).to_have_count(2)  # feedback and details
    expect(page.get_by_text("Asked again tomorrow.")).to_be_visible()
    page.get_by_role("radio", name="Kabul").check()
    button(page, "Check").click()
    expect(page.get_by_text("Asked again tomorrow.")).to_be_visible()  # the first answer counts
    expect(button(page, "It was easy")).to_have_count(0)
    assert kept(page)["cards"]["L01.p01"]["reps"] == 2
    on(page, "2026-11-25T09:00:00")
    button(page, "Start the review").click()
    page.get_by_role("radio", name="Kabul").check()
    button(page, "Check").click()
    good = re.search(r"in (\d+) days", page.locator(".review-planned").inner_text())
    easy = re.search(r"in (\d+) days", button(page, "It was easy").inner_text())
    assert 1 < int(good[1]) < int(easy[1])
    button(page, "It was easy").click()
    card = kept(page)["cards"]["L01.p01"]
    assert (card["scheduled_days"], card["reps"]) == (int(easy[1]), 3)


def test_a_session_ends_and_says_what_comes(open_page: Open):
    page = open_page()
    page.get_by_role("checkbox", name="lesson 2. Roads").check()
    expect(due(page)).to_have_text("2 due today, 0 tomorrow.")
    button(page, "Start the review").click()
    button(page, "Show the definition").click()
    button(page, "Again").click()
    button(page, "Stop here").click()
    expect(due(page)).to_have_text("1 due today, 1 tomorrow.")
    button(page, "Start the review").click()
    button(page, "Show the definition").click()
    button(page, "Easy").click()
    expect(due(page)).to_have_text("Done. 0 due today, 1 tomorrow.")
    expect(due(page)).to_be_focused()


def test_twenty_new_cards_a_day(open_page: Open):
    page = open_page()
    page.get_by_role("checkbox", name="lesson 1.").check()
    expect(due(page)).to_have_text("8 due today, 0 tomorrow.")
    many = {
        f"L01.p{i:02}": {
            **{"due": "2027-01-01T00:00:00.000Z", "last_review": "2026-11-23T08:00:00.000Z"},
            **{"begun": "2026-11-23T08:00:00.000Z", "stability": 3, "difficulty": 5, "state": 2},
            **{"reps": 1, "lapses": 0, "scheduled_days": 3, "elapsed_days": 0},
            "learning_steps": 0,
        }
        for i in range(70, 85)
    }
    state = {"version": 1, "read": [1, 2], "cards": many}
    page.evaluate("s => localStorage.setItem('safehaven.review', JSON.stringify(s))", state)
    page.reload()
    expect(due(page)).to_have_text("5 due today, 4 tomorrow. At most 20 new cards a day: 4 wait.")


def test_the_keyboard_alone_is_enough(open_page: Open):
    page = open_page()
    keys = page.keyboard

    def tab_to(name: str) -> None:
        for _ in range(40):
            focused = page.evaluate(
                "(e => e === document.body ? '' : e.getAttribute('aria-label') || e.innerText)"
                "(document.activeElement)"
            )
            if name in (focused or ""):
                return
            keys.press("Tab")
        pytest.fail(f"the Tab key never reached {name!r}")

    tab_to("I have read lesson 1.")
    keys.press("Space")
    keys.press("Shift+Tab")
    tab_to("Start the review")
    keys.press("Enter")
    expect(page.locator(".review-place")).to_be_focused()
    keys.press("Tab")  # the link to the lesson
    keys.press("Tab")
    keys.press("Space")  # the first radio button
    keys.press("Enter")
    expect(page.get_by_text("Right: 1 of 1 point.")).to_be_visible()
    tab_to("Next")
    keys.press("Enter")
    expect(page.locator(".review-place")).to_have_text("Question 2 of 8")
    tab_to("Stop here")
    keys.press("Enter")
    expect(button(page, "Start the review")).to_be_focused()
    state = kept(page)
    state["read"] = [2]
    page.evaluate("s => localStorage.setItem('safehaven.review', JSON.stringify(s))", state)
    page.reload()
    tab_to("Start the review")
    keys.press("Enter")
    names = []
    for answer in "431":
        names.append(page.locator(".review-place").inner_text())
        keys.press("2")  # no key judges before the definition is shown
        keys.press("Space")
        expect(page.locator(".review-definition")).to_be_focused()
        keys.press(answer)
    assert names == ["Term 1 of 3: base rate", "Term 2 of 3: jirga", "Term 3 of 3: madrasa"]
    cards = kept(page)["cards"]
    days = [cards[f"term:{term.name}"]["scheduled_days"] for term in TERMS]
    assert days[0] > days[1] > days[2] == 1
    expect(due(page)).to_be_focused()


def test_a_file_takes_everything_to_another_browser(open_page: Open, tmp_path: Path):
    first = answered(open_page(), L01_p01=1, L01_p02=0.5)
    first.get_by_role("checkbox", name="lesson 2. Roads").check()
    first.evaluate(
        """for (const name of ["counts", "dates"])
          localStorage.setItem(`safehaven.live.${name}`, '{"text": "n = 2", "from": "n = 1"}');
        localStorage.setItem("safehaven.opened", "2")"""
    )
    with first.expect_download() as download:
        button(first, "Export as a file").click()
    assert download.value.suggested_filename == "safe-haven-review-2026-11-23.json"
    file = tmp_path / "review.json"
    download.value.save_as(file)
    expect(first.locator(".review-moved")).to_contain_text("2 cards written to")

    second = open_page()
    mine = '{"text": "n = 3", "from": "n = 1"}'
    second.evaluate("text => localStorage.setItem('safehaven.live.dates', text)", mine)
    second.get_by_label("Import a file").set_input_files(file)
    expect(second.locator(".review-moved")).to_have_text(
        "2 cards and your own code of 1 cell taken from review.json."
    )
    taken = second.evaluate("localStorage.getItem('safehaven.live.counts')")
    assert json.loads(taken) == {"text": "n = 2", "from": "n = 1"}
    assert second.evaluate("localStorage.getItem('safehaven.live.dates')") == mine
    assert second.evaluate("localStorage.getItem('safehaven.opened')") == "2"
    assert kept(second) == kept(first)
    assert second.evaluate("localStorage.getItem('safehaven.quiz')") == first.evaluate(
        "localStorage.getItem('safehaven.quiz')"
    )
    expect(due(second)).to_have_text(due(first).inner_text())
    expect(second.get_by_role("checkbox", name="lesson 2. Roads")).to_be_checked()


def test_an_older_file_takes_nothing_newer_away(open_page: Open, tmp_path: Path):
    page = answered(open_page(), L01_p01=0)
    with page.expect_download() as download:
        button(page, "Export as a file").click()
    file = tmp_path / "old.json"
    download.value.save_as(file)
    on(page, "2026-11-25T09:00:00")
    button(page, "Start the review").click()
    page.get_by_role("radio", name="Kabul").check()
    button(page, "Check").click()
    newer = kept(page)
    page.get_by_label("Import a file").set_input_files(file)
    expect(page.locator(".review-moved")).to_contain_text("of 1 other this browser has the same")
    assert kept(page) == newer


GOOD = {"format": "safehaven.review", "version": 1, "answers": {}}
BAD_FILES = {
    "[not json": "it is not JSON",
    '{"cells": []}': "it was not exported here",
    json.dumps({**GOOD, "review": {"version": 9, "read": [], "cards": {}}}): "newer version",
    json.dumps({**GOOD, "review": {"version": 1, "read": ["x"], "cards": {}}}): "list of lessons",
    json.dumps(
        {**GOOD, "review": {"version": 1, "read": [], "cards": {"L01.p01": {"due": "soon"}}}}
    ): "one of its cards",
    json.dumps(
        {
            **GOOD,
            "answers": {"L01.p01": {"score": 7}},
            "review": {"version": 1, "read": [], "cards": {}},
        }
    ): "one of its answers",
    json.dumps(
        {
            **GOOD,
            "code": {"counts": {"text": 1}},
            "review": {"version": 1, "read": [], "cards": {}},
        }
    ): "the code that it holds",
}


def test_a_bad_file_changes_nothing_and_says_why(open_page: Open, tmp_path: Path):
    page = answered(open_page(), L01_p01=1)
    before = kept(page)
    for number, (text, reason) in enumerate(BAD_FILES.items()):
        file = tmp_path / f"bad{number}.json"
        file.write_text(text, encoding="utf-8")
        page.get_by_label("Import a file").set_input_files(file)
        expect(page.locator(".review-moved")).to_contain_text(f"bad{number}.json was not imported")
        expect(page.locator(".review-moved")).to_contain_text(reason)
        expect(page.locator(".review-moved")).to_contain_text("Nothing has changed.")
        assert kept(page) == before


def test_erasing_asks_first(open_page: Open):
    page = answered(open_page(), L01_p01=1)
    button(page, "Erase everything").click()
    expect(page.get_by_text("Erase the dates of 1 card")).to_be_visible()
    expect(button(page, "No, keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".review-moved")).to_have_text("Nothing was erased.")
    assert kept(page)["cards"]
    button(page, "Erase everything").click()
    button(page, "Yes, erase it").click()
    expect(due(page)).to_contain_text("Nothing to review yet.")
    page.reload()
    expect(due(page)).to_contain_text("Nothing to review yet.")
    assert kept(page) == {"version": 1, "read": [], "cards": {}}


def test_a_browser_that_keeps_nothing_still_reviews(open_page: Open):
    page = open_page(script=REFUSED)
    page.get_by_role("checkbox", name="lesson 2. Roads").check()
    expect(page.get_by_text("This browser keeps nothing for this page.")).to_be_visible()
    button(page, "Start the review").click()
    for _ in range(2):
        button(page, "Show the definition").click()
        button(page, "Good").click()
    expect(due(page)).to_contain_text("Done. 0 due today")


def test_a_spoilt_store_is_set_aside(open_page: Open):
    page = open_page()
    page.evaluate("localStorage.setItem('safehaven.review', '{\"version\": 1, \"read\": 3}')")
    page.reload()
    expect(page.get_by_text("its list of lessons cannot be read")).to_be_visible()
    aside = page.evaluate("localStorage.getItem('safehaven.review.unreadable')")
    assert aside == '{"version": 1, "read": 3}'
    assert kept(page)["cards"] == {}


def test_without_its_script_the_page_says_so_and_links_the_lessons(open_page: Open):
    page = open_page(java_script_enabled=False)
    expect(page.get_by_text("The review needs JavaScript")).to_be_visible()
    assert page.get_by_role("link", name="1. Rivers & towns").get_attribute("href") == "1.html"
    assert page.get_by_role("button").count() == 0
    expect(page.locator("form").first).to_be_hidden()


def luminance(colour: str) -> float:
    parts = [int(p) / 255 for p in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("theme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(18, 18, 18)")]
)
def test_a_telephone_in_the_light_and_in_the_dark(open_page: Open, theme: str, ground: str):
    page = open_page(viewport={"width": 360, "height": 700})
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    for box in page.get_by_role("checkbox").all():
        box.check()
    button(page, "Erase everything").click()
    button(page, "Start the review").click()
    for _ in range(20):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        if button(page, "Show the definition").is_visible():
            break
        page.evaluate("document.querySelector('.review-stage form').requestSubmit()")
        page.evaluate(
            """() => {
              const form = document.querySelector('.review-stage form');
              const field = form.querySelector('input, select');
              if (field.type === 'text') field.value = /-p03/.test(form.id) ? '1' : 'a';
              else if (field.tagName === 'SELECT')
                form.querySelectorAll('select').forEach((s, i) => { s.selectedIndex = i + 1; });
              else field.checked = true;
            }"""
        )
        button(page, "Check").click()
        button(page, "Next").click()
    button(page, "Show the definition").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for target in page.locator("button:visible, input:visible").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    below = luminance(ground)
    for name in (".review-due", ".review-from", ".review-when", ".review-sure-words", "button"):
        colour = page.locator(f"{name}:visible").first.evaluate("e => getComputedStyle(e).color")
        bright, dim = sorted([luminance(colour), below], reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, name
