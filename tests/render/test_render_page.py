"""The form of the page: as text, and in a browser from a file, with and without its script."""

import json
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest
from geography import questions
from playwright.sync_api import Browser, Locator, Page, expect
from test_render_answers import NUMBERS

import safehaven.book
from safehaven.bank import present
from safehaven.bank.scoring import (
    normalise,
    score_choice,
    score_matching,
    score_number,
    score_order,
    score_text,
)
from safehaven.render.page import PAGE_SEED, quiz_html

STATIC = Path(safehaven.book.__path__[0]) / "static"
QUESTIONS = questions()


def cite(source) -> str:
    place = f", {escape(source.place)}" if source.place else ""
    return f'<a href="#{source.key}">{source.key}</a>{place}'


HTML = quiz_html(QUESTIONS, lesson=1, cite=cite)


# As text --------------------------------------------------------------------------------------


def test_the_form_is_well_formed_and_built_the_same_each_time():
    tree = ET.fromstring(HTML)
    assert len(tree.findall("form")) == len(QUESTIONS)
    assert quiz_html(QUESTIONS, lesson=1, cite=cite) == HTML
    assert quiz_html([], lesson=1, cite=cite) == ""


def test_every_control_has_a_label_and_every_id_is_there_once():
    tree = ET.fromstring(HTML)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    labelled = {label.get("for") for label in tree.iter("label")}
    controls = {e.get("id") for kind in ("input", "select") for e in tree.iter(kind)}
    assert controls == labelled
    described = {e.get("aria-describedby") for e in tree.iter() if e.get("aria-describedby")}
    assert described <= set(ids)


def test_all_that_a_reader_may_ask_for_is_in_the_details():
    details = ["".join(d.itertext()) for d in ET.fromstring(HTML).iter("details")]
    for question, text in zip(QUESTIONS, details, strict=True):
        assert "Source: atlas" in text
        assert "Answer:" in text
        assert "{" not in text, question.id
    assert "Facts as of 7 April 2026." in details[1]
    assert "p. 3" in details[0]
    assert "Herat (920 m)" in details[3]
    for words in ("The Hari River flows past Herat.", "The whole area", "Bamyan is the capital"):
        assert words.lower() in "".join(details).lower()


def test_level_and_objective_are_shown():
    assert "Recall · objective L01.1" in HTML


def test_nothing_is_fetched_from_anywhere():
    for text in (HTML, (STATIC / "quiz.js").read_text(), (STATIC / "quiz.css").read_text()):
        assert "http" not in text
        assert "url(" not in text


# In a browser ---------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>Questions</title>
<meta name="viewport" content="width=device-width, initial-scale=1" />
<style>html[data-theme=dark] {{ --pst-color-text-base: #ced6dd; --pst-color-background: #121212;
--pst-color-text-muted: #9ca4af; color-scheme: dark; background: #121212 }}</style>
<link rel="stylesheet" href="quiz.css" /><script defer="defer" src="quiz.js"></script></head>
<body><main><h1>Questions</h1>{form}</main></body></html>"""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("site")
    for name in ("quiz.js", "quiz.css"):
        (folder / name).write_bytes((STATIC / name).read_bytes())
    (folder / "index.html").write_text(PAGE.format(form=HTML), encoding="utf-8")
    return (folder / "index.html").as_uri()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page; anything that goes wrong in the browser fails the test."""
    contexts, mistakes = [], []

    def start(**settings) -> Page:
        contexts.append(browser.new_context(**settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.on("console", lambda message: mistakes.append(message.text))
        page.on("request", lambda r: None if r.url.startswith("file:") else mistakes.append(r.url))
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
    assert mistakes == []


def form(page: Page, number: int) -> Locator:
    return page.locator(f"#quiz-L01-p{number:02}")


def check(question: Locator) -> Locator:
    """Press Check; the live region."""
    question.get_by_role("button", name="Check").click()
    return question.get_by_role("status")


def order_of(number: int) -> list[str]:
    """The right letters of an ordering question, in the order in which the page lists them."""
    presented = present(QUESTIONS[number - 1], PAGE_SEED)
    return [str(presented.key.index(letter) + 1) for letter in presented.letters]


def select_all(question: Locator, values: list[str]) -> None:
    for select, value in zip(question.locator("select").all(), values, strict=True):
        select.select_option(value)


def test_a_right_first_option_counts(open_page: Open):
    page = open_page()
    first = form(page, 1).get_by_role("radio").first
    assert first.get_attribute("value") == "A"
    first.check()
    expect(check(form(page, 1))).to_contain_text("Right: 1 of 1 point.")
    expect(form(page, 1).get_by_role("status")).to_contain_text("crosses the city from west")
    expect(page.locator(".quiz-total")).to_have_text("You have answered 1 of 6; 1 point.")


def test_each_wrong_option_has_its_feedback(open_page: Open):
    page = open_page()
    for option in QUESTIONS[0].options[1:]:
        form(page, 1).get_by_role("radio", name=option.text).check()
        words = option.feedback.replace("**", "")
        expect(check(form(page, 1))).to_contain_text(words)
        expect(form(page, 1).get_by_role("status")).to_contain_text("Not right: 0 of 1 point.")


def test_several_options_give_partial_credit_and_feedback(open_page: Open):
    page = open_page()
    for name in ("Tajikistan", "China", "India"):
        form(page, 2).get_by_role("checkbox", name=name).check()
    status = check(form(page, 2))
    expect(status).to_contain_text("Partly right: 0.33 of 1 point.")
    expect(status).to_contain_text("The Pakistani side of Kashmir lies between.")
    expect(status).to_contain_text("Iran lies to the west.")
    expect(status).to_contain_text("Your choice is not complete.")


def test_numbers_words_orders_and_pairs(open_page: Open):
    page = open_page()
    key = present(QUESTIONS[2], PAGE_SEED).key
    line = form(page, 3).get_by_label("Your answer (square kilometres)")
    line.fill("4,000 square kilometres")
    expect(check(form(page, 3))).to_contain_text("This is the whole area.")
    line.fill("many")
    expect(check(form(page, 3))).to_contain_text("could not be read as one number")
    expect(line).to_have_attribute("aria-invalid", "true")
    line.fill(f"{key:.2f}".replace(".", ","))
    expect(check(form(page, 3))).to_contain_text("Right")

    select_all(form(page, 4), ["1", "1", "2", "3"])
    expect(check(form(page, 4))).to_contain_text("Each place can be given only once.")
    places = order_of(4)
    select_all(form(page, 4), [str(5 - int(place)) for place in places])
    expect(check(form(page, 4))).to_contain_text("Height grows from the eastern gate")
    select_all(form(page, 4), places)
    expect(check(form(page, 4))).to_contain_text("Right")

    pairs = present(QUESTIONS[4], PAGE_SEED)
    bamyan = next(letter for letter, text in pairs.entries.items() if text == "Bamyan")
    select_all(form(page, 5), [pairs.key["1"], bamyan, pairs.key["3"]])
    status = check(form(page, 5))
    expect(status).to_contain_text("Partly right: 0.67 of 1 point.")
    expect(status).to_contain_text("Nangarhar lies on the road to Torkham.")
    expect(status).to_contain_text("Bamyan is the capital of Bamyan Province.")
    expect(status).not_to_contain_text("Balkh")
    select_all(form(page, 5), list(pairs.key.values()))
    expect(check(form(page, 5))).to_contain_text("Right")

    form(page, 6).get_by_role("textbox").fill("the himalayas")
    expect(check(form(page, 6))).to_contain_text("The Himalaya begins farther east.")
    form(page, 6).get_by_role("textbox").fill("HINDU-KUSH")
    expect(check(form(page, 6))).to_contain_text("Right")
    expect(page.locator(".quiz-total")).to_have_text("You have answered 4 of 6; 4 points.")


def test_a_form_without_an_answer_says_so_and_is_not_counted(open_page: Open):
    page = open_page()
    for number in range(1, len(QUESTIONS) + 1):
        expect(check(form(page, number))).to_contain_text("first.")
    expect(page.locator(".quiz-total")).to_have_text("You have answered 0 of 6; 0 points.")


def test_the_score_outlives_the_page_and_can_be_started_again(open_page: Open):
    page = open_page()
    page.evaluate("localStorage.setItem('safehaven.quiz', '{\"L09.p01\": {\"score\": 1}}')")
    form(page, 1).get_by_role("radio").first.check()
    check(form(page, 1))
    kept = json.loads(page.evaluate("localStorage.getItem('safehaven.quiz')"))
    assert kept["L01.p01"]["score"] == 1
    assert kept["L01.p01"]["at"].endswith("Z")
    page.reload()
    expect(page.locator(".quiz-total")).to_have_text("You have answered 1 of 6; 1 point.")
    expect(form(page, 1)).to_contain_text("answered before: 1 of 1 point")
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".quiz-total")).to_have_text("You have answered 0 of 6; 0 points.")
    expect(form(page, 1).get_by_role("radio").first).not_to_be_checked()
    kept = json.loads(page.evaluate("localStorage.getItem('safehaven.quiz')"))
    assert list(kept) == ["L09.p01"]  # another lesson's score stays


REFUSED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
SPOILT = "localStorage.setItem('safehaven.quiz', '[not json');"


@pytest.mark.parametrize("script", [REFUSED, SPOILT], ids=["refused", "spoilt"])
def test_storage_that_fails_does_no_harm(open_page: Open, address: str, script: str):
    page = open_page()
    page.add_init_script(script)
    page.goto(address)
    form(page, 1).get_by_role("radio").first.check()
    expect(check(form(page, 1))).to_contain_text("Right")
    expect(page.locator(".quiz-total")).to_have_text("You have answered 1 of 6; 1 point.")


def test_the_keyboard_alone_is_enough(open_page: Open):
    page = open_page()
    keys = page.keyboard
    keys.press("Tab")
    keys.press("Space")  # the first radio button
    for key in ("ArrowDown", "ArrowUp", "Enter"):
        keys.press(key)
    expect(form(page, 1).get_by_role("status")).to_contain_text("Right")
    keys.press("Tab")
    expect(form(page, 1).get_by_role("button")).to_be_focused()
    style = form(page, 1).get_by_role("button").evaluate("e => getComputedStyle(e).outline")
    assert "3px" in style and "solid" in style
    keys.press("Tab")
    keys.press("Enter")
    assert form(page, 1).locator("details").evaluate("e => e.open")
    seen = set()
    for _ in range(60):
        keys.press("Tab")
        seen.add(page.evaluate("document.activeElement.closest('form')?.id"))
        if page.evaluate("document.activeElement.className") == "quiz-reset":
            break
    else:
        pytest.fail("the Tab key never reached the end of the questions")
    assert len(seen - {None}) == len(QUESTIONS)
    form(page, 6).get_by_role("textbox").focus()
    keys.type("hindukush")
    keys.press("Enter")
    expect(form(page, 6).get_by_role("status")).to_contain_text("Right")


def test_without_its_script_the_form_and_the_answers_are_there(open_page: Open):
    page = open_page(java_script_enabled=False)
    assert page.get_by_role("button", name="Check").count() == 0
    assert page.get_by_role("button", name="Start again").count() == 0
    form(page, 1).get_by_role("radio").first.check()
    where = page.url
    form(page, 6).get_by_role("textbox").fill("hindukush")
    form(page, 6).get_by_role("textbox").press("Enter")
    assert page.url == where
    expect(form(page, 6).get_by_role("textbox")).to_have_value("hindukush")
    form(page, 4).locator("summary").click()
    expect(form(page, 4).get_by_text("Herat (920 m)")).to_be_visible()


def test_a_telephone_needs_no_sideways_scrolling_and_has_large_targets(open_page: Open):
    page = open_page(viewport={"width": 360, "height": 700})
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for target in page.locator("form :is(input, select, button, summary), .quiz-reset").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def luminance(colour: str) -> float:
    parts = [int(p) / 255 for p in colour[4:-1].split(",")]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("theme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(18, 18, 18)")]
)
def test_text_can_be_read_in_the_light_and_in_the_dark(open_page: Open, theme: str, ground: str):
    page = open_page()
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    below = luminance(ground)
    for name in ("legend", ".quiz-option", ".quiz-hint", ".quiz-level", ".quiz-check", "select"):
        colour = page.locator(name).first.evaluate("e => getComputedStyle(e).color")
        bright, dim = sorted([luminance(colour), below], reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, name


def test_on_paper_the_questions_stand_without_their_answers(open_page: Open):
    page = open_page()
    form(page, 1).locator("summary").click()
    form(page, 1).get_by_role("radio").first.check()
    check(form(page, 1))
    page.emulate_media(media="print")
    for name in ("details", ".quiz-feedback", ".quiz-check", ".quiz-score"):
        expect(page.locator(name).first).to_be_hidden()
    expect(form(page, 1).locator("legend")).to_be_visible()
    expect(form(page, 5).get_by_text("Mazar-i-Sharif").first).to_be_visible()


# The script scores as the bank does -----------------------------------------------------------

NAMES = ["Ḥaqqānī", "ʿUmar", "al-Qāʿida", "Sayf  al-ʿAdl", "Straße", "ΣΑΣ", "Łódź", "ﬁn", "x²", "—"]


def scoring_cases() -> list[tuple[dict, object, float]]:
    """What the page has of a question, an answer, and its worth by the bank's own functions."""
    rng, cases = random.Random(20260407), []
    for _ in range(200):
        letters = list("ABCDEFGH"[: rng.randint(3, 8)])
        picked = rng.sample(letters, rng.randint(0, len(letters)))
        right = sorted(rng.sample(letters, rng.randint(1, len(letters) - 1)))
        multiple = {"kind": "multiple", "right": right}
        cases.append((multiple, picked, score_choice(picked, right)))
        single = {"kind": "single", "right": right[:1]}
        cases.append((single, picked[:1], score_choice(picked[:1], right[:1])))
        order, given = rng.sample(letters, len(letters)), rng.sample(letters, len(letters))
        given = rng.choice([given, order, given[1:], [*given[1:], given[1]]])
        ordering = {"kind": "ordering", "right": order}
        cases.append((ordering, given, score_order(given, order)))
        pairs = {str(i): rng.choice(letters) for i in range(1, 5)}
        answer = {str(i): rng.choice(letters) for i in range(1, rng.randint(2, 6))}
        matching = {"kind": "matching", "right": pairs}
        cases.append((matching, answer, score_matching(answer, pairs)))
        key, tolerance = rng.uniform(-5, 5), rng.choice([0, 0.1, 1])
        number = rng.choice([key, key + tolerance, key - tolerance, rng.uniform(-5, 5)])
        numeric = {"kind": "numeric", "right": key, "tolerance": tolerance}
        cases.append((numeric, number, score_number(number, key, tolerance)))
    for name in NAMES:
        accept = rng.sample(NAMES, 3)
        for given in (name, name.upper(), name.lower(), normalise(name), f" {name}. "):
            text = {"kind": "text", "right": accept}
            cases.append((text, given, score_text(given, accept)))
    return cases


def test_the_script_scores_as_the_bank_does(open_page: Open):
    cases = scoring_cases()
    script = "cases => cases.map(([quiz, answer]) => safehavenQuiz.score(quiz, answer))"
    scores = open_page().evaluate(script, [case[:2] for case in cases])
    assert [c for c, score in zip(cases, scores, strict=True) if c[2] != score] == []


def test_the_script_reads_numbers_as_the_notebook_does(open_page: Open):
    script = "cases => cases.map(([text, unit]) => safehavenQuiz.readNumber(text, unit))"
    numbers = open_page().evaluate(script, [case[:2] for case in NUMBERS])
    assert [c for c, number in zip(NUMBERS, numbers, strict=True) if c[2] != number] == []
