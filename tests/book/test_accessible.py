"""Whether everybody can use the site: axe-core on each page, the keyboard alone, narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docutils.core import publish_doctree
from playwright.sync_api import Browser, Page, expect

from safehaven.book.accessible import DESCRIPTION, description, mended, shortened
from safehaven.book.light import pages_of
from tests.mini_course import ROOT

AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
LESSON = "book/haqqani/7-the-network.html"
TIMELINE = "book/reference/timeline.html"
PEOPLE = "book/reference/people.html"
#: Pages of every kind, for what need not be tried on each.
KINDS = (
    "book/index.html",
    LESSON,
    TIMELINE,
    PEOPLE,
    "book/reference/review.html",
    "exercises/ex07-two-lists/ex07-two-lists.html",
    "search.html?q=haqqani",
)

# As text -----------------------------------------------------------------------------------------


def test_an_empty_corner_of_a_table_is_no_heading():
    assert mended('<tr><th class="head"><p></p></th><th class="head"><p>A</p></th></tr>') == (
        '<tr><td></td><th class="head"><p>A</p></th></tr>'
    )


def test_a_bibliography_has_no_role_that_was_given_up():
    text = '<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry">'
    assert "role" not in mended(text)


def test_a_description_is_of_whole_words():
    text = "word " * 60
    assert len(shortened(text)) <= DESCRIPTION + 1
    assert shortened(text).endswith("word …")
    assert shortened("Short.") == "Short."


def test_a_description_leaves_asides_out():
    tree = publish_doctree("T\n=\n\n.. note:: Not this.\n\nThis one.\n\n- And this.\n")
    assert description(tree) == "This one. And this."


# Every page, by axe-core -------------------------------------------------------------------------


@pytest.fixture
def show(browser: Browser, course_address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site in a window of its own."""
    contexts = []

    def opened(name: str, width: int = 1300, height: int = 900, **options) -> Page:
        size = {"width": width, "height": height}
        # Without movement, so that no colour is measured on its way to another.
        context = browser.new_context(
            viewport=size, service_workers="block", reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{course_address}/{name}")
        return page

    yield opened
    for context in contexts:
        context.close()


RUN = """async (options) => (await axe.run(document, {resultTypes: ["violations"], ...options}))
  .violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120))}`)"""
#: Rules whose outcome depends on the colours.
IN_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def site_pages(site: Path) -> list[str]:
    """Every page but those that lead on to another at once."""
    return [
        page.relative_to(site).as_posix()
        for page in pages_of(site)
        if 'http-equiv="refresh"' not in page.read_text(encoding="utf-8")
    ]


#: What Playwright itself says where it keeps the service worker away.
BLOCKED = "Service Worker registration blocked by Playwright"


@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", IN_COLOUR)])
def test_axe_finds_nothing_on_any_page_and_the_console_is_silent(
    show, course_site, course_address, scheme, options
):
    assert AXE.exists(), "axe-core is missing. Remedy: run the tests with `make test`."
    script = AXE.read_text(encoding="utf-8")
    names = site_pages(course_site)
    assert len(names) > 40
    found, said, foreign = {}, [], []
    page = show(names[0], color_scheme=scheme)
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: foreign.append(request.url))
    for name in names:
        page.goto(f"{course_address}/{name}")
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        page.evaluate(script)
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        if faults := page.evaluate(RUN, options):
            found[name] = faults
    assert found == {}
    assert [text for text in said if text != BLOCKED] == []
    assert [url for url in foreign if not url.startswith((course_address, "data:"))] == []


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_in_a_narrow_dark_window(show, name):
    page = show(name, width=360, height=780, color_scheme="dark")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN, {}) == []


def test_axe_finds_a_fault_that_is_there(show):
    """The search above finds what is wrong."""
    page = show("book/index.html")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<img>')")
    assert any(line.startswith("image-alt") for line in page.evaluate(RUN, {}))


# Narrow, enlarged --------------------------------------------------------------------------------


def test_no_page_scrolls_sideways_at_320_pixels(show, course_site, course_address):
    """That is 1280 pixels at 400 %, which WCAG 2.2 asks for (1.4.10)."""
    page = show("book/index.html", width=320, height=800)
    wide = {}
    for name in site_pages(course_site):
        page.goto(f"{course_address}/{name}", wait_until="domcontentloaded")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    assert wide == {}


@pytest.mark.parametrize("name", KINDS)
def test_letters_of_twice_the_size_leave_everything_in_reach(show, name):
    page = show(name, width=1280)
    page.add_style_tag(content="html { font-size: 200% !important; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    cut = page.evaluate(
        """[...document.querySelectorAll("article :is(p, li, button, label)")]
          .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1)
          .filter((e) => getComputedStyle(e).overflow === "hidden")
          .map((e) => e.textContent.slice(0, 40))"""
    )
    assert cut == []


#: Words of a figure that are smaller than 10.5 px, stick out of it, or lie on one another.
LEGIBLE = """() => [...document.querySelectorAll(".chart-narrow svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll("text")]
    .filter((t) => t.textContent.trim() && getComputedStyle(t).opacity !== "0");
  const boxes = words.map((t) => ({ text: t.textContent, ...t.getBoundingClientRect().toJSON(),
    size: parseFloat(getComputedStyle(t).fontSize) * (frame.width / svg.viewBox.baseVal.width) }));
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  return boxes.flatMap((a, i) => [
    a.size < 10.5 ? [`small: ${a.text} ${a.size}`] : [],
    a.left < frame.left - 1 || a.right > frame.right + 1 ? [`cut: ${a.text}`] : [],
    boxes.slice(i + 1).filter((b) => overlap(a, b)).map((b) => `overlap: ${a.text}, ${b.text}`),
  ].flat());
})"""


def test_figures_are_legible_on_a_telephone(show, course_site, course_address):
    page = show(LESSON, width=360, height=780)
    faults, seen = {}, 0
    for name in site_pages(course_site):
        if "chart-narrow" in (course_site / name).read_text(encoding="utf-8"):
            page.goto(f"{course_address}/{name}")
            seen += page.locator(".chart-narrow:visible svg").count()
            if found := page.evaluate(LEGIBLE):
                faults[name] = found
    assert seen >= 8
    assert faults == {}


def test_what_scrolls_sideways_can_be_reached_and_has_a_name(show):
    page = show(PEOPLE, width=360, height=780)
    boxes = page.locator(".chart-scroll:visible, .pst-scrollable-table-container:visible")
    scrolling = [
        box for box in boxes.all() if box.evaluate("(e) => e.scrollWidth > e.clientWidth + 1")
    ]
    assert scrolling
    for box in scrolling:
        assert box.get_attribute("tabindex") == "0"
        assert box.get_attribute("aria-label")
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("(e) => e.scrollLeft > 0", arg=box.element_handle())


# The keyboard alone ------------------------------------------------------------------------------

#: Whether the element with the focus shows it, by an outline or a shadow, itself or around it.
SHOWN = """() => {
  const shows = (e) => { const s = getComputedStyle(e);
    return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2)
      || s.boxShadow !== "none"; };
  const at = document.activeElement;
  const name = at.outerHTML.slice(0, 90);
  const near = [at, at.parentElement, ...at.querySelectorAll("*")];
  const box = at.getBoundingClientRect();
  return at === document.body || (near.some(shows) && box.width > 0) ? "" : name;
}"""


@pytest.mark.parametrize("name", ["book/index.html", LESSON, "book/reference/review.html"])
def test_the_focus_can_always_be_seen(show, name):
    page = show(name)
    hidden = []
    for _ in range(140):
        page.keyboard.press("Tab")
        hidden += [page.evaluate(SHOWN)]
    assert [text for text in hidden if text] == []


def test_the_first_tab_leads_past_the_navigation(show):
    page = show(LESSON)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_list_of_pages_is_put_away_and_fetched_back(show):
    page = show(LESSON)
    toggle = page.get_by_role("button", name="All pages")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pst-primary-sidebar")).to_be_hidden()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#pst-primary-sidebar")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "dialog"), [("All pages", "All pages"), ("On this page", "On this page")]
)
def test_on_a_telephone_both_lists_open_as_dialogs_and_close(show, button, dialog):
    page = show(LESSON, width=360, height=780)
    opener = page.get_by_role("button", name=button)
    for close in ("Escape", "button"):
        opener.focus()
        page.keyboard.press("Enter")
        box = page.get_by_role("dialog", name=dialog)
        expect(box).to_be_visible()
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        if close == "Escape":
            page.keyboard.press("Escape")
        else:
            box.get_by_role("button", name=re.compile("^Close")).press("Enter")
        expect(box).to_be_hidden()
        expect(opener).to_be_focused()


def test_a_section_is_reached_from_the_list_on_a_telephone(show):
    page = show(LESSON, width=360, height=780)
    page.get_by_role("button", name="On this page").press("Enter")
    page.get_by_role("dialog").get_by_role("link", name="Key points").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Key points")).to_be_in_viewport()


def test_the_search_is_opened_and_used_from_the_keyboard(show):
    page = show(LESSON)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.type("Loya Paktia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#search-results li").first).to_be_visible()


def test_the_colours_change_and_say_so(show):
    page = show(LESSON, color_scheme="light")
    button = page.get_by_role("button", name="Colours: as the system has them")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Colours: dark")).to_be_focused()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    expect(page.get_by_role("button", name="Colours: dark")).to_be_visible()


def test_a_question_is_answered_and_the_answer_announced(show):
    page = show(LESSON)
    quiz = page.locator("form.quiz").first
    quiz.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    feedback = quiz.get_by_role("status")
    expect(feedback).to_contain_text(re.compile("Right|Not right|Partly|point"))
    details = quiz.locator("details summary")
    details.focus()
    page.keyboard.press("Enter")
    expect(quiz.locator("details")).to_have_attribute("open", "")


def test_a_form_without_an_answer_says_what_is_missing(show):
    quiz = show(LESSON).locator("form.quiz").first
    quiz.get_by_role("button", name="Check").press("Enter")
    expect(quiz.get_by_role("status")).to_have_text("Choose an answer first.")


def test_timeline_and_network_are_narrowed_from_the_keyboard(show):
    page = show(TIMELINE)
    page.get_by_label("Strand").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text(re.compile(r"^\d+ of \d+ events$"))).not_to_have_text("119 of 119")
    page = show(PEOPLE)
    every = page.locator(".ties-picture line:visible").count()
    page.get_by_label("all", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".ties-picture line:visible").count() < every


# Paper -------------------------------------------------------------------------------------------


def test_paper_is_white_and_holds_the_text_alone(show):
    page = show(LESSON, color_scheme="dark")
    page.emulate_media(media="print")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    assert page.locator(".bd-sidebar-primary").is_hidden()
    assert page.locator(".bd-header-article").is_hidden()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator(".chart-wide").first.is_visible()
    assert page.locator(".chart-narrow").first.is_hidden()
    page.emulate_media(media="screen")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")


def test_no_line_of_code_is_cut_on_paper(show):
    page = show("exercises/ex07-two-lists/ex07-two-lists.html", width=720)
    page.emulate_media(media="print")
    cut = """[...document.querySelectorAll("div.highlight pre")]
      .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1).length"""
    assert page.locator("div.highlight pre:visible").count() > 5
    assert page.evaluate(cut) == 0


# The statement -----------------------------------------------------------------------------------


def test_every_page_of_the_book_links_the_statement(course_site):
    assert (course_site / "book" / "start" / "accessibility.html").is_file()
    for name in site_pages(course_site):
        if name != "offline.html":
            text = (course_site / name).read_text(encoding="utf-8")
            assert "Accessibility of this course</a>" in text, name
