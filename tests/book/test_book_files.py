"""The whole course as PDF and EPUB, read back by tools that others wrote."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from safehaven.book.cite import read_work
from safehaven.book.epub import cover_svg, repack, with_properties
from safehaven.book.pdf import Chapter, Part, book_html, build_pdf, first_pages, read_chapter
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from tests.conftest import site_lock
from tests.mini_course import ROOT

COURSE = CourseFolders(ROOT)
EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
A4 = (595, 842)


@pytest.fixture(scope="module")
def pdf() -> Path:
    """The PDF; the EPUB is built on the way."""
    said: list[str] = []
    with site_lock():
        try:
            return build_pdf(COURSE, said.append)
        except CourseError as error:
            pytest.fail("\n".join([*said, str(error)]))


@pytest.fixture(scope="module")
def epub(pdf: Path) -> Path:
    return pdf.parent / "epub" / "safe-haven.epub"


def converted(pdf: Path, *options: str) -> str:
    """What poppler's pdftotext reads in the PDF."""
    command = ["pdftotext", *options, str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def texts(pdf: Path) -> list[str]:
    pages = converted(pdf, "-layout").split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def bookmarks(reader: PdfReader) -> list[tuple[int, str, int]]:
    """Level, title and page of every bookmark, pages counted from 1."""

    def walk(entries, level):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, level + 1)
            else:
                number = reader.get_destination_page_number(entry)
                yield level, " ".join(entry.title.split()), number + 1

    return list(walk(reader.outline, 0))


def test_epubcheck_finds_nothing(epub: Path):
    assert EPUBCHECK.exists(), "epubcheck is missing. Remedy: run the tests with `make test`."
    assert shutil.which("java"), "Java is missing. Remedy: run the tests with `make test`."
    done = subprocess.run(
        ["java", "-jar", str(EPUBCHECK), str(epub)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


def test_the_epub_holds_every_page_in_its_navigation(epub: Path):
    with zipfile.ZipFile(epub) as archive:
        nav = archive.read("nav.xhtml").decode()
        for lesson in sorted((ROOT / "book").glob("[hi]*/[0-9]*.md")):
            name = lesson.relative_to(ROOT).with_suffix(".xhtml").as_posix()
            assert name in nav, name
            page = archive.read(name).decode()
            assert page.count('class="paper-question"') == 12, name
            assert "<script" not in page
            assert "<input" not in page
        assert archive.namelist()[0] == "mimetype"
        package = archive.read("content.opf").decode()
    assert "schema:accessibilitySummary" in package
    assert "<dc:language>en</dc:language>" in package


def test_the_pdf_has_a_bookmark_for_every_lesson_and_its_sections(pdf: Path, texts: list[str]):
    found = bookmarks(PdfReader(pdf))
    lessons = [(title, page) for level, title, page in found if level == 1 and title[0].isdigit()]
    assert [int(title.split(".")[0]) for title, _ in lessons] == list(range(1, 13))
    for title, page in lessons:
        assert title.split(" ", 1)[1] in texts[page - 1]
    sections = [title for level, title, _ in found if level == 2]
    assert sections.count("Contested") == 12
    assert sections.count("Key points") == 12


def test_the_contents_name_the_page_on_which_a_chapter_begins(pdf: Path, texts: list[str]):
    pages = first_pages(pdf)
    for anchor, words in (
        ("d-book-haqqani-7-the-network", "7. The network, 2001–2021"),
        ("d-book-reference-answers", "Answers to the practice questions"),
    ):
        assert words in texts[pages[anchor] - 1]
        assert re.search(rf"{re.escape(words)} ?{pages[anchor]}\b", texts[1] + texts[2])


def test_the_pdf_is_a4_with_page_numbers_and_running_heads(pdf: Path, texts: list[str]):
    reader = PdfReader(pdf)
    assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {A4}
    start = first_pages(pdf)["d-book-history-3-refuge"]
    assert texts[start].startswith("3. Refuge, 2001–2013")
    assert texts[start].endswith(str(start + 1))


def test_questions_stand_in_lessons_and_answers_at_the_end(pdf: Path, texts: list[str]):
    pages = first_pages(pdf)
    begin, end = pages["d-book-history-1-origins"], pages["d-book-history-2-safe-haven"]
    assert "Choose one." in " ".join(texts[begin - 1 : end - 1])
    answers = " ".join(texts[pages["d-book-reference-answers"] - 1 :])
    assert answers.count("On paper: ") > 100


def test_nothing_runs_off_the_paper(pdf: Path):
    words = re.findall(r'xMin="([-\d.]+)" .*? xMax="([-\d.]+)"', converted(pdf, "-bbox"))
    assert len(words) > 50_000
    assert [pair for pair in words if float(pair[0]) < 0 or float(pair[1]) > A4[0]] == []


def test_the_same_text_gives_the_same_epub(tmp_path: Path):
    packed = []
    for name, day in (("a", (2020, 1, 1, 0, 0, 0)), ("b", (2030, 5, 5, 5, 5, 4))):
        file = tmp_path / f"{name}.epub"
        with zipfile.ZipFile(file, "w") as archive:
            order = ["mimetype", "p.xhtml", "content.opf"]
            for entry in order if name == "a" else [order[0], *reversed(order[1:])]:
                archive.writestr(zipfile.ZipInfo(entry, day), f"<{entry}/>")
        packed.append(repack(file).read_bytes())
    assert packed[0] == packed[1]


def test_pages_with_pictures_are_declared():
    package = (
        '  <item id="a" href="p.xhtml" media-type="application/xhtml+xml" />\n'
        '  <item id="b" href="q.xhtml" media-type="application/xhtml+xml" />\n  </metadata>'
    )
    found = with_properties(package, {"p.xhtml"})
    assert found.count('properties="svg"') == 1
    assert 'href="p.xhtml" media-type="application/xhtml+xml" properties="svg"' in found


def test_the_cover_names_the_course_and_its_version():
    work = read_work(ROOT / "CITATION.cff")
    words = "".join(ElementTree.fromstring(cover_svg(work)).itertext())
    assert "Safe Haven" in words
    assert f"Version {work.version}" in words


def test_a_link_to_a_page_that_is_not_in_the_book_is_plain_text():
    body = '<a href="#d-b">there</a> <a href="#d-c--x">gone</a>'
    parts = [Part("One", [Chapter("a", "A", body), Chapter("b", 'B "two"', "")])]
    text = book_html(read_work(ROOT / "CITATION.cff"), parts, {"d-a": 7})
    assert '<a href="#d-b">there</a> <a>gone</a>' in text
    assert "<span>7</span>" in text


def test_a_page_that_is_missing_is_named(tmp_path: Path):
    with pytest.raises(CourseError, match="cannot be read") as found:
        read_chapter(CourseFolders(tmp_path), "book/nowhere")
    assert "nowhere.xhtml" in str(found.value)
