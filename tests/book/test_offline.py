"""The site without a connection: as a zip file, and kept by the browser when the server is cut."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from safehaven.book.offline import (
    FIRST,
    megabytes,
    pack,
    short_name,
    site_files,
    worker_script,
    write_archive,
)
from safehaven.book.webapp import MANIFEST, OFFLINE_PAGE, icon_png, manifest

FIRST_LESSON = "book/history/1-origins.html"
LESSON = "book/haqqani/7-the-network.html"
UNVISITED = "book/intelligence/12-rare-events.html"
WHOLE = "The whole course is kept on this device"

# As files ----------------------------------------------------------------------------------------


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A site with a page for each reason why a file is kept or not."""
    site = tmp_path / "site"
    (site / "_static").mkdir(parents=True)
    (site / "_sources").mkdir()
    for name, text in {
        "index.html": '<a href="book.html#top">x</a><link href="_static/site.css?v=1">',
        "book.html": 'Read it, <span class="zip-size"></span>. <a href="data/a%20b.csv">data</a>'
        '<a href="https://elsewhere.org/x.html">x</a><a href="big.bin">x</a>'
        '<a href="book.pdf">x</a>',
        "_static/site.css": "p { background: url('dot.png') }",
        "_static/dot.png": "picture",
        "_static/offline.js": "1",
        "_static/unused.js": "1",
        "_sources/book.md": "words",
        OFFLINE_PAGE: "no connection",
        MANIFEST: "{}",
        "book.pdf": "pages",
        "sw.js": "old",
    }.items():
        (site / name).write_text(text, encoding="utf-8")
    (site / "data").mkdir()
    (site / "data" / "a b.csv").write_text("1,2")
    (site / "big.bin").write_bytes(b"0" * 700_000)
    (site / "_static" / "offline.js").write_text("1")
    return site


def test_pages_and_what_they_name_are_kept_and_the_rest_when_it_is_used(small_site):
    files = site_files(small_site, leave_out=["course.zip"])
    assert files.pages == (
        "_static/dot.png",
        "_static/site.css",
        "book.html",
        "data/a b.csv",
        "index.html",
        MANIFEST,
        OFFLINE_PAGE,
    )
    assert files.later == ("_static/offline.js", "_static/unused.js", "big.bin", "book.pdf")


def build_of(script: str) -> dict:
    return json.loads(script.split("\n", 1)[0].removeprefix("const BUILD = ").rstrip(";"))


def test_the_worker_knows_every_file_by_its_content(small_site):
    (small_site / "index.html").write_text('<script src="_static/offline.js"></script>')
    (small_site / "book.html").write_text('<link href="_static/site.css">')
    files = site_files(small_site, ())
    build = build_of(worker_script(small_site, files))
    assert set(build["first"]) == set(FIRST)
    digest = hashlib.sha256((small_site / "book.html").read_bytes()).hexdigest()
    assert build["files"]["book.html"] == digest[:16]
    assert build == build_of(worker_script(small_site, files))
    (small_site / "book.html").write_text("new words")
    assert build_of(worker_script(small_site, files))["version"] != build["version"]


def test_the_zip_is_the_same_for_the_same_site_and_states_its_size(small_site):
    files = site_files(small_site, leave_out=["course.zip"])
    target = small_site / "course.zip"
    write_archive(small_site, files, target)
    first = target.read_bytes()
    assert f'zip-size">{megabytes(len(first))}<' in (small_site / "book.html").read_text()
    shutil.copytree(small_site, small_site.parent / "other")
    write_archive(small_site.parent / "other", files, small_site.parent / "other" / "course.zip")
    assert (small_site.parent / "other" / "course.zip").read_bytes() == first
    with zipfile.ZipFile(target) as archive:
        assert "course/index.html" in archive.namelist()
        assert not {"course/sw.js", "course/course.zip"} & set(archive.namelist())


def test_a_title_gives_a_short_name():
    assert short_name("Safe Haven: the Taliban, Al-Qaida") == "safe-haven"


def test_the_app_has_icons_of_the_sizes_that_it_names():
    said = manifest("Safe Haven: more", "book/index.html")
    assert (said["short_name"], said["start_url"]) == ("Safe Haven", "book/index.html")
    png = icon_png(192)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == int.from_bytes(png[20:24]) == 192


# From the zip file, without any server -----------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(course_site: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("taken along")
    (archive,) = course_site.glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder / archive.stem


def from_file(browser: Browser, file: Path) -> tuple[Page, list[str]]:
    """A page from a disk, with what its console said."""
    page = browser.new_context(offline=True).new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    return page, said


def test_the_zip_holds_every_page_and_no_waste(course_site, unpacked):
    (archive,) = course_site.glob("*.zip")
    for page in course_site.glob("book/**/*.html"):
        assert (unpacked / page.relative_to(course_site)).is_file()
    assert archive.stat().st_size < 4_000_000
    front = (course_site / "book" / "index.html").read_text(encoding="utf-8")
    assert f'href="../{archive.name}"' in front
    assert f'zip-size">{megabytes(archive.stat().st_size)}<' in front


def test_the_zip_can_be_packed_again_byte_for_byte(course_site, tmp_path):
    (archive,) = course_site.glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        names = [name.split("/", 1)[1] for name in packed.namelist()]
    pack(course_site, names, archive.stem, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_from_a_file_the_first_page_opens_the_course(browser, unpacked):
    page, said = from_file(browser, unpacked / "index.html")
    page.wait_for_url("**/book/index.html")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert said == []
    page.context.close()


def test_from_a_file_the_search_finds_pages(browser, unpacked):
    page, said = from_file(browser, unpacked / LESSON)
    page.keyboard.press("Control+k")
    page.keyboard.type("Miranshah")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=Miranshah")
    result = page.locator("#search-results li a").first
    expect(result).to_be_visible()
    result.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert said == []
    page.context.close()


def test_every_link_of_the_zip_leads_to_a_file_in_it(course_site, unpacked):
    (archive,) = course_site.glob("*.zip")
    broken = []
    for page in unpacked.rglob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"#?]+)', page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target) or target.endswith((archive.name, ".pdf", ".epub")):
                continue  # what a page from a disk does not offer, or stands elsewhere
            if not (page.parent / unquote(target)).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_from_a_file_the_front_page_offers_no_second_zip_and_the_review_works(browser, unpacked):
    page, said = from_file(browser, unpacked / "book" / "index.html")
    assert page.locator(".zip-offer").count() == 2
    assert page.locator(".zip-offer:visible").count() == 0
    page.goto((unpacked / "book" / "reference" / "review.html").as_uri())
    page.get_by_role("checkbox", name="lesson 7.").check()
    page.get_by_role("button", name="Start the review").click()
    expect(page.get_by_role("heading", name=re.compile("^(Question|Term) 1 of 20"))).to_be_visible()
    page.goto((unpacked / LESSON).as_uri())
    assert page.locator("figure.chart svg:visible").count() > 0
    assert said == []
    page.context.close()


def test_from_a_file_a_question_is_answered(browser, unpacked):
    page, said = from_file(browser, unpacked / LESSON)
    quiz = page.locator("form.quiz").first
    quiz.locator("input[type=radio]").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).not_to_be_empty()
    assert page.locator(".offline-keep").is_hidden()  # nothing to keep: it lies on the disk
    assert said == []
    page.context.close()


# Kept by the browser, and the server really cut --------------------------------------------------

SERVE = """
import sys
from functools import partial
from safehaven.book.serve import SiteHandler, SiteServer
class Quiet(SiteHandler):
    def log_message(self, *_): pass
with SiteServer(("127.0.0.1", int(sys.argv[2])), partial(Quiet, directory=sys.argv[1])) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
"""


class Server:
    """The site on a port of its own, in a process that can be killed."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.port = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", SERVE, str(self.site), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def cut(self) -> None:
        self.process.kill()
        self.process.wait()

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Server]]:
    servers: list[Server] = []

    def started(site: Path) -> Server:
        servers.append(Server(site))
        return servers[-1]

    yield started
    for server in servers:
        server.cut()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


def keep_everything(context: BrowserContext, server: Server) -> Page:
    """Open two pages, and wait until the rest has come."""
    page = context.new_page()
    page.goto(server.address(FIRST_LESSON))
    page.get_by_text("The pages that you opened are kept").wait_for()
    page.goto(server.address(LESSON))
    page.get_by_text(WHOLE).wait_for()
    return page


def test_the_course_goes_on_when_the_server_is_gone(serve, context, course_site):
    server = serve(course_site)
    page = keep_everything(context, server)
    server.cut()
    page.goto(server.address(UNVISITED))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rare events")
    expect(page.locator(".offline-note")).to_contain_text("There is no connection.")
    quiz = page.locator("form.quiz").first
    quiz.locator("input[type=radio]").first.check()
    quiz.get_by_role("button", name="Check").click()
    expect(quiz.get_by_role("status")).not_to_be_empty()
    assert page.locator("figure.chart svg").first.is_visible()
    page.goto(server.address("search.html?q=Miranshah"))
    expect(page.locator("#search-results li").first).to_be_visible()
    expect(page.get_by_text(WHOLE)).to_be_visible()
    page.goto(server.address(""))
    page.wait_for_url("**/book/index.html")


def test_after_a_single_visit_the_visited_page_stays_and_others_say_why_not(
    serve, context, course_site
):
    server = serve(course_site)
    page = context.new_page()
    page.goto(server.address(LESSON))
    page.get_by_text("The pages that you opened are kept").wait_for()
    server.cut()
    page.goto(server.address(LESSON))
    expect(page.get_by_role("heading", level=1)).to_contain_text("The network")
    page.goto(server.address(UNVISITED))
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
    kept = page.get_by_role("link", name=re.compile("The network"))
    kept.click()
    page.wait_for_url(f"**/{LESSON}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The network")


def test_live_code_that_ran_once_runs_without_the_server(serve, context, course_site):
    server = serve(course_site)
    page = context.new_page()
    page.goto(server.address(UNVISITED))
    page.get_by_text("The pages that you opened are kept").wait_for()
    for cut in (False, True):
        cell = page.locator(".live-cell").first
        cell.get_by_role("button", name="Run").click()
        expect(cell.locator(".live-answer")).not_to_be_empty(timeout=60_000)
        if not cut:
            server.cut()
            page.reload()


def test_a_new_edition_replaces_the_old_one(serve, context, course_site, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(course_site, site)
    server = serve(site)
    page = keep_everything(context, server)
    old = page.evaluate("caches.keys()")
    assert len(old) == 1
    lesson = site / UNVISITED
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace("Rare events</h1>", "Rare events, anew</h1>"), "utf-8")
    if "anew" not in lesson.read_text(encoding="utf-8"):
        lesson.write_text(re.sub(r"(<h1>[^<]*)", r"\1, anew", text, count=1), "utf-8")
    archives = [file.name for file in site.glob("*.zip")]
    (site / "sw.js").write_text(worker_script(site, site_files(site, archives)), "utf-8")
    page.goto(server.address(LESSON))
    expect(page.locator(".offline-note")).to_contain_text("There is a new edition")
    page.get_by_role("link", name="Load it").click()
    page.get_by_text(WHOLE).wait_for()
    new = page.evaluate("caches.keys()")
    assert len(new) == 1
    assert new != old
    server.cut()
    page.goto(server.address(UNVISITED))
    expect(page.get_by_role("heading", level=1)).to_contain_text("anew")


def test_another_page_in_place_of_ours_is_not_kept(serve, context, course_site, tmp_path):
    """The network of a hotel answers every address with its own page."""
    site = tmp_path / "site"
    shutil.copytree(course_site, site)
    (site / UNVISITED).write_text("<h1>Log in to go on</h1>", encoding="utf-8")
    server = serve(site)
    page = context.new_page()
    page.goto(server.address(FIRST_LESSON))
    page.get_by_text("The pages that you opened are kept").wait_for()
    page.goto(server.address(UNVISITED))
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in to go on")
    shutil.copy(course_site / UNVISITED, site / UNVISITED)
    later = time.time() + 10  # the header that tells of a change counts in seconds
    os.utime(site / UNVISITED, (later, later))
    page.goto(server.address(UNVISITED))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rare events")


SAVING = """Object.defineProperty(Navigator.prototype, "connection",
  { get: () => ({ saveData: true, effectiveType: "4g" }) })"""


def test_who_saves_data_is_asked_first(serve, context, course_site):
    server = serve(course_site)
    context.add_init_script(SAVING)
    page = context.new_page()
    for name in (FIRST_LESSON, LESSON):
        page.goto(server.address(name))
        page.get_by_text("The pages that you opened are kept").wait_for()
    button = page.get_by_role("button", name="Keep the whole course on this device")
    expect(button).to_contain_text(re.compile(r"\(\d+\.\d MB\)"))
    kept = "caches.keys().then((names) => caches.open(names[0])).then((c) => c.keys())"
    assert len(page.evaluate(f"{kept}.then((all) => all.map((r) => r.url))")) < 25
    button.click()
    page.get_by_text(WHOLE).wait_for()
    expect(button).to_be_hidden()


def test_the_site_can_be_installed(serve, context, course_site):
    server = serve(course_site)
    page = context.new_page()
    page.goto(server.address(LESSON))
    page.get_by_text("The pages that you opened are kept").wait_for()
    link = page.locator("link[rel=manifest]").get_attribute("href")
    reply = page.request.get(link)
    assert reply.headers["content-type"] == "application/manifest+json"
    for icon in reply.json()["icons"]:
        assert page.request.get(server.address(icon["src"])).ok
    devtools = context.new_cdp_session(page)
    faults = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A private window, which every test uses, is the one thing that stands against it.
    assert {fault["errorId"] for fault in faults} <= {"in-incognito"}
