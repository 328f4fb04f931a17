"""Finding a page: names by any variant, permanent links, and how to cite."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from safehaven.book.cite import bibtex, cite_html, plain, read_work
from safehaven.book.finding import Name, names, names_script
from safehaven.book.project import Project
from safehaven.errors import CourseErrors
from tests.mini_course import ROOT


@pytest.fixture
def page(browser) -> Page:
    context = browser.new_context(offline=True)
    yield context.new_page()
    context.close()


def search(page: Page, course_site: Path, query: str, more: str = "") -> None:
    """Search from the file system, as a reader without a server does."""
    page.goto(f"{(course_site / 'search.html').as_uri()}?q={query}{more}")
    expect(page.locator(".search-summary")).to_contain_text(re.compile("found|did not match"))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("al-Qaeda", "Al-Qaida"),
        ("Al Qāʿida", "Al-Qaida"),
        ("Siraj Haqqani", "Sirajuddin Haqqani"),
        ("ISIS-K", "ISKP"),
        ("Usama bin Ladin", "Osama bin Laden"),
        ("hibatullah", "Hibatullah Akhundzada"),
    ],
)
def test_a_variant_finds_the_name_and_the_pages(page: Page, course_site: Path, query, name):
    search(page, course_site, query)
    first = page.locator(".search-names li a").first
    expect(first).to_have_text(name)
    target = first.get_attribute("href").split("#")[0]
    assert (course_site / target).is_file()
    assert page.locator("ul.search li").count() > 0


def test_a_variant_inside_a_longer_query_is_turned_too(page: Page, course_site: Path):
    search(page, course_site, "al-Qaeda oath")
    expect(page.locator(".search-said")).to_contain_text("Showing pages with “Al-Qaida oath”")
    assert page.locator("ul.search li").count() > 0
    page.get_by_role("link", name="Search for just").click()
    expect(page.locator(".search-summary")).to_contain_text(re.compile("found|did not match"))
    assert page.locator(".search-said").count() == 0


def test_another_word_is_searched_as_it_was_typed(page: Page, course_site: Path):
    search(page, course_site, "drone")
    assert page.locator(".search-said").count() == 0
    assert page.locator("ul.search li").count() > 0


def test_a_page_is_quoted_from_its_text_alone(browser, course_address: str):
    page = browser.new_page(service_workers="block")
    page.goto(f"{course_address}/search.html?q=Haqqani")
    quoted = page.locator("ul.search p.context")
    expect(quoted.nth(4)).to_be_visible()
    words = " ".join(quoted.all_inner_texts())
    assert "Colours:" not in words
    assert "facts checked to" not in words
    assert "HaqqaniSirajuddin" not in words
    lesson = page.locator("ul.search li", has_text="In power, 2021 on").locator("p.context")
    expect(lesson).not_to_contain_text("L08.")
    page.close()


def test_every_name_leads_to_a_page_and_names_are_written_once(course_site: Path):
    text = (course_site / "_static" / "search-names-data.js").read_text(encoding="utf-8")
    found = json.loads(text.removeprefix("window.safehavenNames = ").rstrip(";\n"))
    assert len(found) > 150
    assert len({entry["name"].casefold() for entry in found}) == len(found)
    for entry in found:
        assert (course_site / entry["address"].split("#")[0]).is_file(), entry["name"]


def test_a_person_who_is_a_term_too_has_the_variants_of_both():
    project = Project(ROOT)
    (entry,) = [
        n for n in names(project, {"Al-Qaida": "g.html#t"}, "p.html") if n.name == "Al-Qaida"
    ]
    assert "AQ" in entry.variants
    assert entry.address == "g.html#t"


def test_the_script_of_names_is_json():
    text = names_script([Name("A", ("b",), "says </script>", "x.html")])
    assert json.loads(text.removeprefix("window.safehavenNames = ").rstrip(";\n"))[0]["name"] == "A"


def test_a_lesson_says_how_to_cite_it(page: Page, course_site: Path):
    page.goto((course_site / "book/haqqani/7-the-network.html").as_uri())
    page.get_by_text("Cite this page").click()
    block = page.locator(".cite-page")
    expect(block).to_contain_text("lesson 7 of Safe Haven: the Taliban")
    expect(block).to_contain_text("facts checked to 7 April 2026")
    expect(block.locator("pre")).to_contain_text("@incollection{safehaven_lesson07,")
    page.get_by_role("link", name="Permanent link").click()
    page.wait_for_url("**/book/haqqani/7-the-network.html")


def test_every_lesson_has_a_permanent_address(course_site: Path):
    for number in range(1, 13):
        text = (course_site / "lessons" / f"{number}.html").read_text(encoding="utf-8")
        target = re.search(r'href="\.\./([^"]+)"', text)[1]
        assert (course_site / target).is_file()
        assert re.search(rf"/{number}-", target)


def test_every_lesson_says_to_when_its_facts_were_checked(course_site: Path):
    for file in course_site.glob("book/*/[0-9]*-*.html"):
        assert re.search(r"facts checked to \d+ \w+ 20\d\d", file.read_text(encoding="utf-8")), file


def test_the_citation_follows_the_file(tmp_path: Path):
    lesson = Project(ROOT).lessons[0]
    file = tmp_path / "CITATION.cff"
    file.write_text(
        "title: A course\nauthors:\n  - given-names: Ann\n    family-names: Lee\n"
        '  - name: A group\nversion: "2.0"\ndate-released: 2030-01-02\n',
        encoding="utf-8",
    )
    work = read_work(file)
    assert work.released == date(2030, 1, 2)
    assert plain(work, lesson).startswith("Ann Lee and A group, ‘Origins, 1973–1994’, lesson 1 of")
    assert "version 2.0, 2030" in plain(work, lesson)
    assert "author = {{Ann Lee and A group}}" in bibtex(work, lesson)
    assert 'href="../lessons/1.html"' in cite_html(work, lesson, "../lessons/1.html")


def test_a_citation_file_without_a_field_is_named(tmp_path: Path):
    file = tmp_path / "CITATION.cff"
    file.write_text("title: A course\nauthors: []\n", encoding="utf-8")
    with pytest.raises(CourseErrors) as found:
        read_work(file)
    assert "CITATION.cff" in str(found.value)
    assert "version" in str(found.value)
