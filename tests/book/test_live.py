"""Live cells: what they print and check, in CPython; and in a page, with Pyodide in a browser."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect
from ruamel.yaml import YAML

from safehaven.book.live import (
    PYODIDE,
    TRANSFER,
    BrokenCell,
    Cell,
    cell_html,
    check_names,
    outputs,
    pack_package,
    read_cell,
    with_lines,
)
from safehaven.book.live_runtime import MOST_OUTPUT, run
from safehaven.book.serve import site_server
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import lesson_files
from tests.mini_course import ROOT

DATA = ROOT / "book" / "data"
FOUNDER, RARE = "book/history/2-safe-haven.html", "book/intelligence/12-rare-events.html"
_BLOCK = re.compile(r"^```\{live\} (\S+)\n((?::[^\n]*\n)*)(.*?)^```$", re.S | re.M)


def cells_of(lesson: Path) -> Iterator[Cell]:
    """The live cells as they stand in a lesson."""
    for name, head, body in _BLOCK.findall(lesson.read_text(encoding="utf-8")):
        options = dict(re.findall(r"^:(\w+): (.*)$", head, re.M))
        data = options.get("data", "").split()
        yield read_cell(name, options["title"], data, body.splitlines())


LESSONS = {lesson.stem: list(cells_of(lesson)) for lesson in lesson_files(ROOT / "book")}
CELLS = {cell.name: cell for cells in LESSONS.values() for cell in cells}
WRONG = YAML(typ="safe").load(Path(__file__).with_name("live_alterations.yaml"))

SMALL = [
    "Set `LIMIT` to 2.",
    "--- code",
    "LIMIT = 1",
    "print(LIMIT)",
    "--- change",
    "LIMIT = 2",
    "--- check",
    'expect(LIMIT == 2, "Not 2 yet.")',
    "--- notice",
    "Now it is 2.",
]


def small(*, without: str = "", **changes: str) -> Cell:
    lines = [changes.get(line.removeprefix("--- "), line) for line in SMALL if line != without]
    return read_cell("small", "Small", [], lines)


# The cells of the lessons ------------------------------------------------------------------------


def test_every_lesson_has_two_cells_and_every_cell_wrong_alterations():
    assert {lesson: len(cells) >= 2 for lesson, cells in LESSONS.items()} == dict.fromkeys(
        LESSONS, True
    )
    assert set(WRONG) == set(CELLS)
    assert sum(map(len, LESSONS.values())) == len(CELLS), "two cells have one name"


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_cell_runs_and_its_change_passes_the_check(cell: Cell):
    before, after = outputs(cell, DATA)
    assert before
    assert after
    assert before != after, "the change shows nothing"
    assert max(map(len, cell.code.split("\n"))) <= 70, "a line is cut off in the page"
    assert set(re.findall(r'table\("([^"]+)"\s*\)', cell.code)) <= set(cell.data)


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_a_check_names_what_is_misunderstood(cell: Cell):
    for wrong in WRONG[cell.name]:
        answer = run(with_lines(cell.code, wrong["lines"]), cell.check, DATA)
        assert answer["error"] == "", wrong
        assert wrong["says"] in answer["missing"], wrong


def test_a_table_that_a_cell_opens_is_named_by_it(tmp_path):
    for cell in CELLS.values():
        for name in cell.data:
            target = tmp_path / cell.name / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((DATA / name).read_bytes())
        (tmp_path / cell.name).mkdir(exist_ok=True)
        assert run(cell.changed, cell.check, tmp_path / cell.name)["error"] == "", cell.name


# What the build refuses --------------------------------------------------------------------------


def test_a_small_cell_is_read():
    cell = small()
    assert (cell.task, cell.code) == ("Set `LIMIT` to 2.", "LIMIT = 1\nprint(LIMIT)")
    assert outputs(cell, DATA) == ("1", "2")


@pytest.mark.parametrize("mark", ["--- code", "--- change", "--- check", "--- notice"])
def test_a_missing_part_is_refused(mark):
    with pytest.raises(BrokenCell, match="Remedy: write --- code, --- change"):
        small(without=mark)


@pytest.mark.parametrize(
    ("line", "new", "says"),
    [
        ("LIMIT = 1", "LIMIT = 1 / 0", "Line 1: ZeroDivisionError"),
        ('expect(LIMIT == 2, "Not 2 yet.")', "expect(True, '')", "unchanged code passes"),
        ('expect(LIMIT == 2, "Not 2 yet.")', "expect(LIMIT == 3, 'Three.')", "Three."),
        ("LIMIT = 2", "OTHER = 2", "0 lines of the code fit"),
        ("Now it is 2.", "Now it is 3.", "3 is in no output"),
    ],
)
def test_a_cell_that_does_not_do_what_it_says_is_refused(line, new, says):
    cell = read_cell("small", "Small", [], [new if old == line else old for old in SMALL])
    with pytest.raises(BrokenCell, match=says):
        outputs(cell, DATA)


def test_a_table_that_is_missing_is_refused():
    cell = read_cell("small", "Small", ["facts/nothing.csv"], SMALL)
    with pytest.raises(BrokenCell, match=r"no table facts/nothing\.csv"):
        outputs(cell, DATA)


def test_two_cells_of_one_name_are_reported(monkeypatch):
    said: list[CourseError] = []
    monkeypatch.setattr("safehaven.book.live.report", said.extend)
    page = {"live": [{"name": "same", "data": ()}]}
    env = SimpleNamespace(
        metadata={"a": page, "b": page, "c": {}}, doc2path=lambda name, **_: f"{name}.md"
    )
    check_names(SimpleNamespace(srcdir="/course"), env)
    assert [(str(error.file), error.message) for error in said] == [
        ("/course/b.md", "There is a live cell same in a too.")
    ]


# What a reader is told ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("a = 1\nprint(b)", r"Line 2: NameError: name 'b' is not defined\. .*spelling"),
        ("print((1)", r"Line 1: SyntaxError: .*bracket"),
        ("a = 1\n  b = 2", r"Line 2: IndentationError: .*spaces"),
        ("def f():\n    return 1 / 0\nf()", r"Line 2: ZeroDivisionError: .*divided by zero"),
        ('table("facts/ties.csv")[0]["x"]', r"Line 1: KeyError: 'x'\. .*letter by letter"),
        ('table("x.csv")', r"Line 1: FileNotFoundError: .*only the tables"),
        ("\nimport pandas_is_not_here", r"Line 2: ModuleNotFoundError: .*networkx"),
        ('int("")', r"Line 1: ValueError: .*empty field"),
        ("while True: print('a' * 1000)", rf"more than {MOST_OUTPUT:,} characters"),
        ("raise SystemExit", r"Line 1: SystemExit"),
    ],
)
def test_an_error_is_told_in_words_with_the_readers_line(code, says):
    answer = run(code, "", DATA)
    assert re.search(says, answer["error"]), answer["error"]
    assert len(answer["output"]) <= MOST_OUTPUT
    assert answer["missing"] == ""


def test_a_check_that_cannot_read_the_code_says_so():
    assert "It needs the names of the cell" in run("x = 1", "expect(y, '')", DATA)["missing"]


# The files ---------------------------------------------------------------------------------------


def test_pyodide_is_the_one_that_its_note_names():
    note = (PYODIDE / "VENDORED.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| `([^`]+)` \| `(\w{64})` \|$", note, re.M))
    files = [file for file in PYODIDE.iterdir() if file.name != "VENDORED.md"]
    assert stated == {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_the_size_of_the_first_run_is_what_the_page_says(course_site: Path):
    asked = [f for f in PYODIDE.iterdir() if f.suffix in (".mjs", ".wasm", ".zip", ".json")]
    size = sum(len(gzip.compress(file.read_bytes())) for file in asked)
    assert f"{size / 1_000_000:.1f} MB" == TRANSFER
    assert {f.name for f in asked} <= {f.name for f in (course_site / "_pyodide").iterdir()}


def test_networkx_is_packed_without_its_tests(tmp_path):
    files = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for file in files:
        pack_package(distribution("networkx"), file)
    assert files[0].read_bytes() == files[1].read_bytes()
    names = zipfile.ZipFile(files[0]).namelist()
    assert "networkx/__init__.py" in names
    assert any("LICENSE" in name for name in names)
    assert not any("/tests/" in name for name in names)


def test_a_cell_is_well_formed_and_its_script_cannot_be_ended():
    cell = small(**{"LIMIT = 1": "LIMIT = 1  # </script>"})
    tree = ElementTree.fromstring(cell_html(cell, "<pre>x</pre>", "<p>y</p>", "../_pyodide/"))
    script = tree.find("script")
    assert script is not None
    assert script.text is not None
    assert "<" not in script.text
    assert json.loads(script.text)["code"] == cell.code
    named = {element.get("id") for element in tree.iter()}
    assert {label.get("for") for label in tree.iter("label")} <= named


# In the page -------------------------------------------------------------------------------------


@pytest.fixture
def page(browser, course_address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=course_address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def cell_on(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=CELLS[name].title)


def code_in(cell: Locator) -> Locator:
    return cell.get_by_label("Code", exact=True)


def verdict(cell: Locator, kind: str) -> Locator:
    return cell.locator(f".live-verdict[data-kind={kind}]")


def test_a_reader_changes_a_cell_and_finds_the_change_again(page: Page, course_address: str):
    asked: list[str] = []
    said: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(RARE)
    cell, change = cell_on(page, "move-the-base-rate"), CELLS["move-the-base-rate"]
    expect(code_in(cell)).to_have_value(change.code)
    assert not [url for url in asked if "_pyodide" in url], "Python is fetched before it is asked"

    cell.get_by_role("button", name="Run").click()
    expect(verdict(cell, "missing")).to_contain_text("Too few of the flags", timeout=60_000)
    before, after = outputs(change, DATA)
    expect(cell.locator(".live-answer pre")).to_have_text(before)

    code_in(cell).fill(change.changed)
    code_in(cell).press("Control+Enter")
    expect(verdict(cell, "right")).to_contain_text("The same test, used on other people")
    expect(cell.locator(".live-answer pre")).to_have_text(after)

    page.reload()
    expect(code_in(cell)).to_have_value(change.changed)
    expect(cell.get_by_role("status")).to_contain_text("your own text")
    cell.get_by_role("button", name="Run").click()
    expect(verdict(cell, "right")).to_be_visible(timeout=60_000)

    cell.get_by_role("button", name="Reset").click()
    expect(code_in(cell)).to_have_value(change.code)
    expect(code_in(cell)).to_be_focused()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.includes('live'))") == []
    assert [url for url in asked if not url.startswith(course_address)] == []
    assert said == []


def test_an_endless_loop_is_stopped_and_networkx_runs_after_it(page: Page):
    page.goto(FOUNDER)
    cell, other = cell_on(page, "who-bridges"), cell_on(page, "act-and-answer")
    code_in(cell).fill("print('first')\nwhile True:\n    pass")
    code_in(cell).press("Control+Enter")
    expect(cell.get_by_role("status")).to_have_text("Running …", timeout=60_000)
    other.get_by_role("button", name="Run").click()
    expect(other.get_by_role("status")).to_contain_text("Another cell is running")

    cell.get_by_role("button", name="Stop").click()
    expect(cell.get_by_role("status")).to_contain_text("Stopped")
    expect(cell.get_by_role("button", name="Run")).to_be_focused()

    code_in(cell).fill(CELLS["who-bridges"].changed)
    cell.get_by_role("button", name="Run").click()
    expect(verdict(cell, "right")).to_be_visible(timeout=60_000)
    _, after = outputs(CELLS["who-bridges"], DATA)
    expect(cell.locator(".live-answer pre")).to_have_text(after)

    code_in(cell).fill("x = 1\nprint(y)")
    code_in(cell).press("Control+Enter")
    expect(verdict(cell, "error")).to_contain_text("Line 2: NameError")


def test_the_tab_key_leaves_the_code(page: Page):
    page.goto(RARE)
    cell = cell_on(page, "move-the-base-rate")
    code_in(cell).focus()
    page.keyboard.press("Tab")
    expect(cell.get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(code_in(cell)).to_be_focused()
    expect(code_in(cell)).to_have_value(CELLS["move-the-base-rate"].code)


def test_without_a_connection_the_first_run_says_what_is_missing(browser, course_address: str):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.route("**/_pyodide/**", lambda route: route.abort())
    page.goto(f"{course_address}/{RARE}")
    cell = cell_on(page, "move-the-base-rate")
    cell.get_by_role("button", name="Run").click()
    expect(verdict(cell, "error")).to_contain_text("needs a connection")
    expect(cell.get_by_role("button", name="Run")).to_be_visible()
    context.close()


def test_a_cell_that_ran_once_runs_without_the_server(browser, course_site: Path):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    with site_server(CourseFolders(course_site.parents[1]), 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page.goto(f"http://127.0.0.1:{server.server_port}/{RARE}")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        cell = cell_on(page, "move-the-base-rate")
        cell.get_by_role("button", name="Run").click()
        expect(verdict(cell, "missing")).to_be_visible(timeout=60_000)
        kept = (
            "caches.match(new URL('_pyodide/pyodide.asm.wasm', new URL('../../', location)).href)"
        )
        page.wait_for_function(f"async () => Boolean(await {kept})")
        server.shutdown()
    page.reload()
    cell.get_by_role("button", name="Run").click()
    expect(verdict(cell, "missing")).to_be_visible(timeout=60_000)
    context.close()


def test_from_a_file_and_without_scripts_the_code_and_its_output_are_read(
    browser, course_site: Path
):
    for scripts in (True, False):
        context = browser.new_context(offline=True, java_script_enabled=scripts)
        page = context.new_page()
        page.goto((course_site / RARE).as_uri())
        cell = cell_on(page, "move-the-base-rate")
        expect(cell.locator(".live-code")).to_contain_text("BASE_RATE = 1 / 10_000")
        expect(cell.locator("form")).to_be_hidden()
        off = cell.locator(".live-off")
        if scripts:
            expect(off).to_contain_text("opened as a file")
        else:
            expect(off).to_be_hidden()
        cell.get_by_text("What it prints").click()
        expect(cell.locator("details")).to_contain_text("share of flags that are right: 50.0%")
        context.close()
