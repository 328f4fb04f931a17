"""An edition is the site of a day: marked on every page, the same each time, and never changed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import threading
import zipfile
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from safehaven.book.build import build_book
from safehaven.book.editions import editions_folder, freeze, read_editions
from safehaven.book.offline import OFFLINE_PAGE, site_files, worker_script
from safehaven.book.serve import SiteHandler, SiteServer
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders
from tests.mini_course import ROOT, spoil, write

AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
DAY = date(2026, 11, 22)
LATER = date(2027, 6, 1)
HEAD = '<!DOCTYPE html><html lang="en"><head><title>x</title></head>'
SKIP = '<div id="pst-skip-link"><a href="#main-content">Skip</a></div>'
SMALL_SITE = {
    "index.html": f'{HEAD}<body><main><a href="book/index.html">x</a></main></body></html>',
    "book/index.html": (
        f'{HEAD}<body class="x">\n{SKIP}<main id="main-content">Words, '
        '<span class="zip-size"></span>. <a href="../course.zip">zip</a></main></body></html>'
    ),
    "book/history/1-small.html": f"{HEAD}<body>{SKIP}<main>Words</main></body></html>",
    OFFLINE_PAGE: f"{HEAD}<body><main>No connection</main></body></html>",
    "_static/part.html": "<p>no page</p>",
    "_static/site.css": "p {}",
    "course.zip": "",
}


@pytest.fixture
def built(mini_course: CourseFolders) -> CourseFolders:
    """The course in miniature with a site that looks like a built one."""
    shutil.copy(ROOT / "CITATION.cff", mini_course.root)
    write(mini_course.build / "html", SMALL_SITE)
    html = mini_course.build / "html"
    script = worker_script(html, site_files(html, ["course.zip"]))
    (html / "sw.js").write_text(script, encoding="utf-8")
    return mini_course


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in files_in(folder)}


def files_in(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def release(course: CourseFolders, version: str) -> None:
    """State another version, and build a site that differs."""
    file = course.root / "CITATION.cff"
    text = re.sub(r"(?m)^version: .*$", f"version: {version}", file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")
    spoil(course.build / "html" / "book" / "index.html", "Words", f"Words of {version}")


def published(course: CourseFolders, folder: Path) -> Path:
    """The site with its editions, as a web host serves them."""
    shutil.copytree(course.build / "html", folder)
    shutil.copytree(editions_folder(course), folder / "editions")
    return folder


def banners(page: Path) -> list[str]:
    return re.findall(r'<aside class="edition-banner".*?</aside>', page.read_text("utf-8"))


def test_every_page_says_which_edition_it_is_and_links_lead_where_they_say(built, tmp_path):
    freeze(built, DAY)
    site = published(built, tmp_path / "host")
    edition = site / "editions" / "2026-11-22"
    pages = [name for name in SMALL_SITE if name.endswith(".html") and "_static" not in name]
    for name in pages:
        (banner,) = banners(edition / name)
        assert "This is the edition of 22 November 2026, version 0.1.0." in banner
        assert "facts were checked to 7 April 2026" in banner
        targets = [
            ((edition / name).parent / unquote(link)).resolve()
            for link in re.findall(r'href="([^"]+)"', banner)
        ]
        assert targets == [site / name, site / "index.html", site / "editions" / "index.html"]
        assert all(target.is_file() for target in targets)
    assert (edition / "_static" / "part.html").read_text() == SMALL_SITE["_static/part.html"]
    first_lesson = (edition / "book" / "index.html").read_text("utf-8")
    assert first_lesson.index("Skip</a>") < first_lesson.index("<aside")


def test_the_site_itself_is_left_as_it_was(built):
    before = bytes_of(built.build / "html")
    freeze(built, DAY)
    assert bytes_of(built.build / "html") == before


def test_the_same_site_gives_the_same_edition(built, tmp_path):
    freeze(built, DAY)
    other = CourseFolders(tmp_path / "elsewhere")
    shutil.copytree(built.root, other.root, ignore=shutil.ignore_patterns("editions", "elsewhere"))
    freeze(other, DAY)
    assert bytes_of(editions_folder(other)) == bytes_of(editions_folder(built))


def test_a_new_edition_changes_nothing_of_an_old_one_and_is_listed(built):
    old = freeze(built, DAY)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files_in(old)}
    release(built, "0.2.0")
    new = freeze(built, LATER)
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in files_in(old)} == before
    assert "Words of 0.2.0" in (new / "book" / "index.html").read_text("utf-8")
    assert [edition.version for edition in read_editions(built)] == ["0.2.0", "0.1.0"]
    listed = (editions_folder(built) / "index.html").read_text("utf-8")
    assert re.findall(r'<a href="(.*?)"', listed) == [
        "../index.html",
        "2027-06-01/index.html",
        "2026-11-22/index.html",
    ]
    for words in ("1 June 2027", "0.2.0", "22 November 2026", "0.1.0", "7 April 2026"):
        assert words in listed


def test_the_address_of_the_current_site_can_be_stated(built):
    spoil(built.root / "_config.yml", "# baseurl: https", "baseurl: https")
    release(built, "0.2.0")
    first = freeze(built, DAY)
    (banner,) = banners(first / "book" / "history" / "1-small.html")
    base = "https://your.university/safe-haven"
    assert f'href="{base}/book/history/1-small.html"' in banner
    assert f'href="{base}/index.html"' in banner
    assert 'href="../../../index.html"' in banner
    release(built, "0.3.0")
    second = freeze(built, LATER, current="https://example.org")
    (banner,) = banners(second / "index.html")
    assert 'href="https://example.org/index.html"' in banner


def zipped(edition: Path, name: str) -> str:
    with zipfile.ZipFile(edition / "course.zip") as archive:
        return archive.read(f"course/{name}").decode()


def test_the_zip_file_holds_the_edition_with_links_only_where_they_lead_somewhere(built):
    edition = freeze(built, DAY)
    page = zipped(edition, "book/index.html")
    assert "This is the edition of 22 November 2026" in page
    assert "This page today" not in page
    assert re.search(r'zip-size">\d+\.\d MB<', page)
    release(built, "0.2.0")
    second = freeze(built, LATER, current="https://example.org/")
    assert 'href="https://example.org/book/index.html"' in zipped(second, "book/index.html")


def test_the_worker_of_an_edition_keeps_its_own_pages_in_a_cache_of_its_own(built):
    edition = freeze(built, DAY)
    script = (edition / "sw.js").read_text("utf-8")
    assert 'const PREFIX = "edition-2026-11-22-";' in script
    build = json.loads(script.split("\n", 1)[0].removeprefix("const BUILD = ").rstrip(";"))
    kept = {**build["first"], **build["files"], **build["later"]}
    assert set(kept) >= {"index.html", "book/index.html", "_static/site.css"}
    for name, digest in kept.items():
        assert hashlib.sha256((edition / name).read_bytes()).hexdigest().startswith(digest), name


@pytest.mark.parametrize(
    ("day", "version", "said"),
    [
        (DAY, "0.2.0", r"2026-11-22: There is an edition of 22 November 2026.*Take another day"),
        (LATER, "0.1.0", r"CITATION.cff:\d+: Version 0.1.0 is the edition of .*Raise 'version'"),
        (date(2026, 4, 6), "0.2.0", r"1-small.md:1: The facts were checked to 7 April 2026, after"),
    ],
)
def test_an_edition_that_would_mislead_is_refused(built, day, version, said):
    freeze(built, DAY)
    before = bytes_of(editions_folder(built))
    release(built, version)
    with pytest.raises(CourseError, match=said):
        freeze(built, day)
    assert bytes_of(editions_folder(built)) == before


def test_an_old_edition_that_was_changed_is_noticed(built):
    edition = freeze(built, DAY)
    spoil(edition / "book" / "history" / "1-small.html", "Words", "Other words")
    release(built, "0.2.0")
    with pytest.raises(CourseError, match=r"2026-11-22: .*has changed. Remedy: Put the folder"):
        freeze(built, LATER)
    spoil(edition / "book" / "history" / "1-small.html", "Other words", "Words")
    (edition / "edition.json").write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match=r"edition.json: The record .* cannot be read"):
        read_editions(built)


def test_what_cannot_be_frozen_leaves_no_half_edition(built):
    page = built.build / "html" / "book" / "index.html"
    whole = page.read_text("utf-8")
    page.write_text("half a pa", encoding="utf-8")
    with pytest.raises(CourseError, match=r"index.html: This page has no head or no body"):
        freeze(built, DAY)
    assert read_editions(built) == []
    page.write_text(whole, encoding="utf-8")
    freeze(built, DAY)
    assert [edition.day for edition in read_editions(built)] == [DAY]
    assert {place.name for place in editions_folder(built).iterdir()} == {
        "2026-11-22",
        "index.html",
    }


def test_without_a_site_or_a_version_the_remedy_is_named(built):
    spoil(built.root / "CITATION.cff", "version: 0.1.0\n", "")
    with pytest.raises(CourseErrors, match=r"CITATION.cff:\d+: version: Field required"):
        freeze(built, DAY)
    shutil.copy(ROOT / "CITATION.cff", built.root)
    shutil.rmtree(built.build / "html")
    with pytest.raises(CourseError, match=r"not been built yet. Remedy: Run `safehaven course`"):
        freeze(built, DAY)


# In a real browser -------------------------------------------------------------------------------


class Quiet(SiteHandler):
    """Serves without a word for each file."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


KEPT = "async (path) => Boolean(await caches.match(new URL(path, location.origin).href))"
FAULTS = "async (part) => (await axe.run(part)).violations.map((v) => v.id)"
CACHES = "async () => (await caches.keys()).map((name) => name.replace(/-[0-9a-f]{16}$/, ''))"


def test_a_reader_of_an_edition_is_told_so_and_finds_the_current_one(
    mini_course: CourseFolders, tmp_path: Path, browser: Browser
):
    shutil.copy(ROOT / "CITATION.cff", mini_course.root)
    said: list[str] = []
    assert build_book(mini_course, said.append), said
    freeze(mini_course, DAY)
    site = published(mini_course, tmp_path / "host")
    lesson = "book/history/1-small.html"
    with SiteServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        context = browser.new_context(viewport={"width": 400, "height": 800})
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/{lesson}")
        page.wait_for_function(KEPT, arg=lesson)
        expect(page.locator(".edition-banner")).to_have_count(0)

        page.goto(f"{address}/editions/2026-11-22/{lesson}")
        banner = page.get_by_role("complementary", name="Edition")
        expect(banner).to_contain_text("the edition of 22 November 2026, version 0.1.0")
        expect(banner).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
        page.add_script_tag(path=AXE)
        assert page.evaluate(FAULTS, ".edition-banner") == []

        page.wait_for_function(KEPT, arg=f"editions/2026-11-22/{lesson}")
        assert sorted(page.evaluate(CACHES)) == ["edition-2026-11-22", "safehaven"]

        banner.get_by_role("link", name="This page today").click()
        page.wait_for_url(f"{address}/{lesson}")
        page.goto(f"{address}/editions/")
        page.add_script_tag(path=AXE)
        assert page.evaluate(FAULTS, "html") == []
        page.get_by_role("link", name="22 November 2026").click()
        page.wait_for_url(f"{address}/editions/2026-11-22/book/index.html")
        page.get_by_role("link", name="The current edition").click()
        page.wait_for_url(f"{address}/book/index.html")
        assert complaints == []
        context.close()
        server.shutdown()
