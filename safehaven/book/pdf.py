"""The book on paper: one A4 PDF with bookmarks, put together from the pages of the EPUB.

Chromium prints one long page. It cannot print the number of another page, so the contents are
printed twice: once to learn where each part begins, and once with the numbers.
"""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import Destination
from sphinx_external_toc.parsing import parse_toc_yaml

from safehaven.book.build import Say
from safehaven.book.cite import Work, read_work
from safehaven.book.epub import PAPER, build_epub, folder_of, strands_svg
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.render.chromium import find_browser, print_page

STYLE = Path(__file__).parent / "pdf.css"
NAME = "safe-haven.pdf"
#: Pages that show what a browser alone can do.
LEFT_OUT = frozenset({"book/reference/review", "book/start/your-progress"})
_XHTML = "http://www.w3.org/1999/xhtml"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
#: A link to a place in the book, and the chapter it leads to.
_LINK = re.compile(r' href="#(d-[^"]*?)(?:--[^"]*)?"')
_LOCAL = re.compile(r"url\(#([^)]+)\)")


@dataclass(frozen=True)
class Chapter:
    """A page of the book, as a chapter on paper.

    Attributes:
        docname: its name in the book.
        title: as the contents and the running head show it.
        body: its content as HTML, with names that are its own.
    """

    docname: str
    title: str
    body: str

    @property
    def anchor(self) -> str:
        """The name of its beginning."""
        return anchor(self.docname)


@dataclass(frozen=True)
class Part:
    """A part of the book: its heading, and its chapters; the first part has no heading."""

    title: str
    chapters: Sequence[Chapter]


def anchor(docname: str, name: str = "") -> str:
    """A name that is the only one in the whole book."""
    own = "d-" + re.sub(r"[^\w-]", "-", docname)
    return f"{own}--{name}" if name else own


def build_pdf(folders: CourseFolders, say: Say) -> Path:
    """Build the EPUB, print its pages as one book, and return the path of the PDF.

    Raises:
        CourseError: there is no browser, or the book has mistakes.
    """
    target = folders.build / NAME
    browser = find_browser(target)
    build_epub(folders, say)
    parts = list(read_parts(folders))
    work = read_work(folders.root / "CITATION.cff")
    with tempfile.TemporaryDirectory(prefix="safehaven-pdf-") as name:
        page = Path(name) / "book.html"
        page.write_text(book_html(work, parts, {}), encoding="utf-8")
        print_page(browser, page, target, bookmarks=True)
        page.write_text(book_html(work, parts, first_pages(target)), encoding="utf-8")
        print_page(browser, page, target, bookmarks=True)
    return target


def first_pages(pdf: Path) -> dict[str, int]:
    """The number of the page on which each named place of a PDF stands, counted from 1."""
    reader = PdfReader(pdf)
    found: dict[str, int] = {}
    for name, place in reader.named_destinations.items():
        if isinstance(place, Destination):
            number = reader.get_destination_page_number(place)
            if number is not None:
                found[name.lstrip("/")] = number + 1
    return found


def read_parts(folders: CourseFolders) -> Iterator[Part]:
    """The parts of the book in the order of _toc.yml, from the pages of the EPUB.

    The exercises stay out: they are notebooks, and are worked on at a screen.

    Raises:
        CourseError: a page is not there.
    """
    toc = parse_toc_yaml(folders.root / "_toc.yml")
    yield Part("", [read_chapter(folders, toc.root.docname)])
    for subtree in toc.root.subtrees:
        names = [str(item) for item in subtree.items if str(item) not in LEFT_OUT]
        yield Part(subtree.caption or "", [read_chapter(folders, name) for name in names])


def read_chapter(folders: CourseFolders, docname: str) -> Chapter:
    """One page of the EPUB as a chapter.

    Args:
        folders: the course.
        docname: the page.

    Raises:
        CourseError: the page is not there, or is not well-formed.
    """
    file = folder_of(folders) / f"{docname}.xhtml"
    try:
        root = ElementTree.parse(file).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise CourseError(
            f"This page of the EPUB cannot be read: {error}.",
            file=file,
            remedy="Build the book anew; if it stays so, mend the page it was made from.",
        ) from error
    body = next(
        element for element in root.iter(f"{{{_XHTML}}}div") if element.get("class") == "body"
    )
    _make_own(body, folder_of(folders), docname)
    title = next(body.iter("h2"))
    text = ElementTree.tostring(body, encoding="unicode", method="html")
    return Chapter(docname, " ".join("".join(title.itertext()).split()), text)


def _make_own(body: ElementTree.Element, root: Path, docname: str) -> None:
    """Give every name of a page a form of its own, and put headings one level down."""
    folder = (root / docname).parent
    for element in body.iter():
        element.tag = name = element.tag.rpartition("}")[2]  # HTML knows its elements without one
        if name in _HEADINGS:
            element.tag = f"h{int(name[1]) + 1}"
        if name == "details":
            element.set("open", "")
        for key, value in list(element.attrib.items()):
            element.set(key, _own_value(key, value, root, folder, docname))


def _own_value(key: str, value: str, root: Path, folder: Path, docname: str) -> str:
    if key in ("id", "aria-labelledby", "aria-describedby", "for"):
        return " ".join(anchor(docname, name) for name in value.split())
    if key == "href" and not re.match(r"[a-z]+:", value):
        path, _, name = value.partition("#")
        target = unquote(path)
        if target and not target.endswith(".xhtml"):
            return value
        page = docname if not target else _docname(folder / target, root)
        return "#" + anchor(page, unquote(name))
    if key == "src" and not re.match(r"[a-z]+:", value):
        return (folder / unquote(value)).resolve().as_uri()
    return _LOCAL.sub(lambda found: f"url(#{anchor(docname, found[1])})", value)


def _docname(file: Path, root: Path) -> str:
    return file.resolve().relative_to(root.resolve()).with_suffix("").as_posix()


# The one long page ----------------------------------------------------------------------------


def book_html(work: Work, parts: Sequence[Part], pages: Mapping[str, int]) -> str:
    """The whole book as one HTML page for the printer.

    Args:
        work: title, authors and version.
        parts: in their order.
        pages: number of the page on which each chapter begins, under its anchor; empty before
            the first printing.
    """
    styles = [(PAPER / "book.css").read_text("utf-8"), STYLE.read_text("utf-8")]
    styles += [_running_head(chapter) for part in parts for chapter in part.chapters]
    text = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{html.escape(work.title)}</title>"
        f"<style>{''.join(styles)}</style></head><body>"
        f"{_cover(work)}{_contents(parts, pages)}{''.join(map(_part, parts))}</body></html>\n"
    )
    known = {chapter.anchor for part in parts for chapter in part.chapters}
    return _LINK.sub(lambda link: link[0] if link[1] in known else "", text)


def _running_head(chapter: Chapter) -> str:
    words = chapter.title.replace("\\", "").replace('"', "'")
    font = 'font: 9pt "Liberation Sans", Arial, sans-serif; color: #444;'
    return (
        f"#{chapter.anchor} {{ page: {chapter.anchor}; }}\n"
        f'@page {chapter.anchor} {{ @top-left {{ content: "{words}"; {font} }} }}\n'
    )


def _cover(work: Work) -> str:
    title, _, rest = work.title.partition(": ")
    return (
        f'<section class="cover"><p class="cover-title">{html.escape(title)}</p>'
        f"<p>{html.escape(rest[:1].upper() + rest[1:])}</p>"
        "<p>A university course in three strands</p>"
        '<svg class="cover-strands" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 600" '
        f'aria-hidden="true">{strands_svg(1600, 600)}</svg>'
        f'<p class="cover-terms">{html.escape(work.by)}. Version {html.escape(work.version)}, '
        f"{work.released}. Text: CC BY 4.0. Code: MIT. Data: the terms of their publishers.</p>"
        "</section>"
    )


def _contents(parts: Sequence[Part], pages: Mapping[str, int]) -> str:
    lines = []
    for part in parts:
        if part.title:
            lines.append(f'<li class="contents-part">{html.escape(part.title)}</li>')
        lines += [
            f'<li><a href="#{chapter.anchor}">{html.escape(chapter.title)}</a>'
            f'<span class="dots"></span><span>{pages.get(chapter.anchor, "")}</span></li>'
            for chapter in part.chapters
        ]
    return f'<section class="contents"><h1>Contents</h1><ol>{"".join(lines)}</ol></section>'


def _part(part: Part) -> str:
    heading = (
        f'<section class="part"><h1>{html.escape(part.title)}</h1></section>' if part.title else ""
    )
    chapters = (
        f'<section class="doc" id="{chapter.anchor}">{chapter.body}</section>'
        for chapter in part.chapters
    )
    return heading + "".join(chapters)
