"""The page of a run, in a browser: readable everywhere, and deaf to hostile names."""

from datetime import UTC, datetime

import pytest

from safehaven.grading.outcome import Note, Outcome
from safehaven.grading.report import Run, write_report
from tests.grading.contrast import CONTRAST

HOSTILE = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'


def outcome(student: str, status: str = "graded", **more: object) -> Outcome:
    return Outcome(student, "ex07", status, **more)


OUTCOMES = (
    outcome("student-10", score=3.0, maximum=20.0, needs_manual=True),
    outcome("student-9", score=12.5, maximum=20.0, late_seconds=4000.0),
    outcome(HOSTILE, "ungradable", reason=f"{HOSTILE} is empty."),
    outcome(
        "student-1",
        "tampered",
        notes=(
            Note("tampering", f"A hook: {HOSTILE}", HOSTILE, "task-2"),
            Note("fallback", "It asks for IPython.", "ex07", "task-3"),
        ),
        score=0.0,
        maximum=20.0,
    ),
    outcome("x" * 250, "missing"),
    outcome(
        "\u202eevil\x1b",
        "graded with notes",
        notes=(Note("renamed", "'a.ipynb' was graded.", "ex07"),),
        score=20.0,
        maximum=20.0,
    ),
)
RUN = Run("course", "ex07", OUTCOMES, datetime(2026, 11, 22, 18, tzinfo=UTC), 12.0, 4, True, 0)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    return write_report(RUN, tmp_path_factory.mktemp("report"))[1].as_uri()


@pytest.fixture(scope="module")
def context(browser):
    opened = browser.new_context(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context, address):
    """The page, open; nothing may be asked for besides it, and nothing may go wrong in it."""
    opened = context.new_page()
    asked, said = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(address)
    yield opened
    assert asked == [address]
    assert said == []
    assert opened.title() == "Grading of ex07"
    opened.close()


def students(page) -> list[str]:
    names = page.locator("tbody tr:visible th").all_text_contents()
    return [name[:10] for name in names]


def test_hostile_names_are_only_text(page):
    assert page.locator("img, main script").count() == 0
    assert HOSTILE in page.locator("tbody th").nth(2).text_content()
    assert "\\u202eevil\\x1b" in page.locator("tbody").text_content()


def test_counts_and_next_steps_stand_on_top(page):
    counts = page.locator(".counts div").all_inner_texts()
    assert len(counts) == 5
    assert all(text.split("\n")[0] for text in counts)
    steps = page.locator(".next li").all_inner_texts()
    assert steps[0].startswith("Read the evidence on student-1")
    heads = page.locator("h2").all_inner_texts()
    assert heads[:3] == ["Students", "What to do next", "Each student"]


def test_reasons_and_evidence_are_open_and_notes_are_folded(page):
    assert page.get_by_text("is empty.", exact=False).first.is_visible()
    assert page.get_by_text("A hook:", exact=False).is_visible()
    note = page.get_by_text("'a.ipynb' was graded.")
    assert not note.is_visible()
    page.locator("summary", has_text="1 note").last.click()
    assert note.is_visible()


def test_it_can_be_sorted_by_the_keyboard(page):
    head = page.get_by_role("columnheader", name="Student")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    names = students(page)
    assert names.index("student-1") < names.index("student-9") < names.index("student-10")
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert students(page) == names[::-1]


def test_points_are_sorted_as_numbers(page):
    page.get_by_role("button", name="Points").click()
    page.get_by_role("button", name="Points").click()
    assert students(page)[:3] == ["\\u202eevil"[:10], "student-9", "student-10"]


def test_it_can_be_searched(page):
    page.get_by_label("Find").fill("student-1")
    assert students(page) == ["student-10", "student-1"]
    page.get_by_label("Show").select_option("tampered")
    assert students(page) == ["student-1"]
    assert page.locator("output").text_content() == "1 of 6 shown"


@pytest.mark.parametrize("width", [1200, 360])
def test_it_is_a_table_for_a_screen_reader(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    table = page.get_by_role("table", name="Each student")
    assert table.get_by_role("columnheader").count() == 5
    assert table.get_by_role("rowheader").count() == 6
    assert table.get_by_role("row").count() == 7


@pytest.mark.parametrize("width", [1200, 700, 360])
def test_nothing_stands_out_of_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for part in page.locator("summary").all():
        part.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(page, scheme):
    page.emulate_media(color_scheme=scheme)
    for part in page.locator("summary").all():
        part.click()
    assert page.evaluate(CONTRAST) == []


def test_on_paper_all_notes_are_open(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == 2
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()


def test_without_script_everything_is_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("tbody tr").count() == 6
    assert not page.locator(".tools").is_visible()
    page.locator("summary", has_text="1 note").last.click()
    assert page.get_by_text("'a.ipynb' was graded.").is_visible()
    context.close()


def test_a_class_of_thousands_makes_a_page_of_usual_size(tmp_path):
    many = tuple(outcome(f"s{n}", score=1.0, maximum=2.0) for n in range(5000))
    run = Run("", "ex07", many, datetime(2026, 11, 22, tzinfo=UTC), 60.0)
    assert write_report(run, tmp_path)[1].stat().st_size < 3_000_000


def test_nobody_handed_in(tmp_path):
    run = Run("", "ex07", (), datetime(2026, 11, 22, tzinfo=UTC), 0.0)
    text = write_report(run, tmp_path)[1].read_text(encoding="utf-8")
    assert "Nothing was handed in." in text
    assert "<table" not in text
