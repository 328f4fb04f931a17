"""The book for e-readers: what Sphinx's EPUB builder needs to know, and how it is run.

Pages of an EPUB carry no script: the questions stand with letters (quiz.py), choices that need
a browser are left out, and the answers are a page of their own.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import zipfile
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config

from safehaven.book.build import STRICT, Say, run_builder
from safehaven.book.cite import Work, read_work
from safehaven.book.quiz import WEBSITE
from safehaven.folders import CourseFolders

#: Style sheets of the book away from the web.
PAPER = Path(__file__).parent / "paper"
NAME = "safe-haven"
COVER = "cover.svg"
DESCRIPTION = (
    "A university course in three strands: the history of the Taliban and Al-Qaida, the Haqqani "
    "network, and the difficulties of counter-terrorism intelligence."
)
#: What works in a browser alone: the choices of a figure and the rules they need.
_FOR_BROWSERS = re.compile(r'<style>.*?</style>|<form class="ties-choice">.*?</form>', re.S)
_SCRIPT = re.compile(r"<script\b.*?</script>", re.S)
_DOWNLOAD = re.compile(r'<p><a class="exercise-download".*?</p>', re.S)


#: Accessibility metadata of EPUB Accessibility 1.1, in the terms of schema.org.
_ACCESS = "".join(
    f'    <meta property="schema:{name}">{value}</meta>\n'
    for name, value in (
        ("accessMode", "textual"),
        ("accessMode", "visual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "alternativeText"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityFeature", "tableOfContents"),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            "Every figure has a text alternative and its data as a table. The book has no sound, "
            "no video and no time limits.",
        ),
    )
)


class BookEpub(Epub3Builder):
    """Sphinx's EPUB builder with a table of contents that follows _toc.yml.

    Sphinx reads it from the first page, as paths from there; where that page lies in a folder,
    no entry of the package has such a name, and the navigation stays empty.
    """

    def get_toc(self) -> None:
        """Get the table of contents: the pages in their order, exercises below their lessons."""
        self.refnodes = list(self._entries(self.config.root_doc, 1))
        self.toc_add_files(self.refnodes)

    def _entries(self, parent: str, level: int) -> Iterator[dict[str, Any]]:
        for docname in self.env.toctree_includes.get(parent, []):
            number = self.env.toc_secnumbers.get(docname, {}).get("", ())
            title = self.env.titles[docname].astext()
            text = f"{'.'.join(map(str, number))}. {title}" if number else title
            uri = self.get_target_uri(docname)
            yield {"level": level, "refuri": html.escape(uri), "text": html.escape(text)}
            yield from self._entries(docname, level + 1)


def folder_of(folders: CourseFolders) -> Path:
    """Where the pages of the EPUB are written before they are packed."""
    return folders.build / "epub"


def build_epub(folders: CourseFolders, say: Say) -> Path:
    """Build the EPUB, strictly, and return its path.

    Raises:
        CourseError: the build failed; its own messages have been said before.
    """
    target = folder_of(folders)
    shutil.rmtree(target, ignore_errors=True)
    released = read_work(folders.root / "CITATION.cff").released
    epoch = int(datetime(released.year, released.month, released.day, tzinfo=UTC).timestamp())
    run_builder(
        folders,
        say,
        *STRICT,
        "--builder",
        "custom",
        "--custom-builder",
        "epub",
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
    )
    return repack(target / f"{NAME}.epub")


def repack(file: Path) -> Path:
    """Write the same EPUB with its entries in order and without times: same text, same file."""
    packed = file.with_suffix(".packed")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(packed, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "mimetype", name))
        drawn = {name for name in names if name.endswith(".xhtml") and b"<svg" in old.read(name)}
        for name in names:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            stored = name == "mimetype"  # readers look for it in clear at the front of the file
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            content = old.read(name)
            if name == "content.opf":
                content = with_properties(content.decode("utf-8"), drawn).encode("utf-8")
            new.writestr(entry, content)
    packed.replace(file)
    return file


def with_properties(package: str, drawn: Collection[str]) -> str:
    """The package document with what EPUB asks to be said of its parts, and Sphinx does not say.

    Args:
        package: content.opf as Sphinx wrote it.
        drawn: names of the pages that hold SVG pictures.
    """

    def item(found: re.Match[str]) -> str:
        name = html.unescape(found[1])
        says = "svg" if name in drawn else "cover-image" if name.endswith(COVER) else ""
        return f'{found[0]} properties="{says}"' if says else found[0]

    package = re.sub(r'<item id="[^"]*" href="([^"]*)" media-type="[^"]*"', item, package)
    return package.replace("  </metadata>", f"{_ACCESS}  </metadata>").replace(
        "    <dc:contributor>unknown</dc:contributor>\n", ""
    )


# What Sphinx is told ---------------------------------------------------------------------------


def describe(app: Sphinx, config: Config) -> None:
    """Name the course, its version and its terms for the EPUB."""
    citation = Path(app.srcdir) / "CITATION.cff"
    if not citation.exists():
        return
    work = read_work(citation)
    config.version = config.release = work.version
    config.project = work.title
    config.epub_title = work.title
    config.epub_basename = NAME
    config.epub_author = config.epub_publisher = work.by
    config.epub_copyright = f"{work.released.year} {work.by}. Text: CC BY 4.0"
    config.epub_description = DESCRIPTION
    # The one is the identifier, the other the XML id that it stands under; the navigation for
    # older readers is checked against both, so they are the same.
    config.epub_identifier = config.epub_uid = f"{NAME}-{work.version}"
    config.epub_show_urls = "no"
    config.epub_use_index = False
    config.epub_tocdepth = 2
    config.epub_tocscope = "includehidden"  # the theme hides the table of contents from its page
    config.epub_cover = (f"_static/{COVER}", "epub-cover.html")


def use_paper(app: Sphinx) -> None:
    """Take the style sheet of the book in place of those of the website."""
    if app.builder.name != "epub":
        return
    app.config.html_static_path = [str(PAPER)]


def keep_plain(
    app: Sphinx, _pagename: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    """Leave to a page of the EPUB its words, and the one style sheet."""
    if app.builder.name == "epub":
        context["script_files"] = []
        context["body"] = _SCRIPT.sub("", context.get("body", ""))
        context["css_files"] = ["_static/book.css"]


def without_choices(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Take out of a book what works in a browser alone."""
    if app.builder.name in WEBSITE:
        return
    for raw in doctree.findall(nodes.raw):
        text = _DOWNLOAD.sub("", _FOR_BROWSERS.sub("", raw.rawsource or raw.astext()))
        if text != raw.astext():
            raw.children = [nodes.Text(text)]


def write_cover(app: Sphinx) -> None:
    """Draw the cover before the pages are packed."""
    if app.builder.name != "epub":
        return
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    work = read_work(Path(app.srcdir) / "CITATION.cff")
    (folder / COVER).write_text(cover_svg(work), encoding="utf-8")


def strands_svg(width: int, height: int) -> str:
    """Three lines that cross and go on, in the colours of the strands: paths of an SVG."""
    colours = ("#e6b06a", "#ec9ab3", "#86c7e0")
    third = height / 3
    paths = []
    for number, colour in enumerate(colours):
        start, middle, end = ((number + shift) % 3 * third + third / 2 for shift in (0, 1, 2))
        paths.append(
            f'<path d="M0 {start:.0f} C{width * 0.2:.0f} {start:.0f} {width * 0.3:.0f} '
            f"{middle:.0f} {width * 0.5:.0f} {middle:.0f} S{width * 0.8:.0f} {end:.0f} "
            f'{width} {end:.0f}" fill="none" stroke="{colour}" stroke-width="{height / 22:.0f}"/>'
        )
    return "".join(paths)


def cover_svg(work: Work) -> str:
    """The cover as an SVG of 1600 by 2400."""
    title, _, rest = work.title.partition(": ")
    rest = rest[:1].upper() + rest[1:]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 2400" role="img" '
        f'aria-label="{work.title}"><rect width="1600" height="2400" fill="#1c2733"/>'
        f'<g transform="translate(0 1150)">{strands_svg(1600, 600)}</g>'
        '<g fill="#ffffff" font-family="Liberation Sans, Arial, sans-serif">'
        f'<text x="140" y="560" font-size="210" font-weight="bold">{title}</text>'
        f'<text x="140" y="720" font-size="62">{rest}</text>'
        '<text x="140" y="830" font-size="54">A university course in three strands</text>'
        f'<text x="140" y="2240" font-size="44">Version {work.version}, {work.released}</text>'
        "</g></svg>\n"
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what the EPUB needs with Sphinx."""
    app.add_builder(BookEpub, override=True)
    app.connect("config-inited", describe)
    app.connect("builder-inited", use_paper, priority=900)
    app.connect("builder-inited", write_cover, priority=910)
    app.connect("html-page-context", keep_plain, priority=900)
    app.connect("doctree-resolved", without_choices)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
