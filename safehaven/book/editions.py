"""Dated editions of the site: frozen copies that never change, each with a banner that says so.

An edition lies in `_build/editions/<day>/`. The folder `editions` is published inside the folder
of the current site, so that a link from an edition to the current site leads two folders up. The
list of all editions is `editions/index.html`, the only file that a new edition changes.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from safehaven.book.build import site
from safehaven.book.cite import Work, read_work
from safehaven.book.days import in_words
from safehaven.book.light import pages_of
from safehaven.book.offline import WORKER, site_files, worker_script, write_archive
from safehaven.book.webapp import GROUND
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.lessons import read_lessons
from safehaven.located import load

#: What an edition says of itself, at its root.
RECORD = "edition.json"
#: From the root of an edition, or of the list of editions, to the root of the current site.
_UP = {"edition": "../../", "list": "../"}
#: The caches of a browser are shared by all that a host serves, and the worker of the current
#: site removes those that begin as its own do.
_CACHE = 'const PREFIX = "safehaven-";'
#: The same colours by day and by night: white on the ground of the icon, 12.9 to 1.
_STYLE = (
    f"<style>.edition-banner{{background:{GROUND};color:#fff;padding:.6rem 1rem;"
    "font-size:1rem;line-height:1.5;text-align:center}.edition-banner p{margin:0}"
    ".edition-banner a{white-space:nowrap}.edition-banner a,.edition-banner a:hover,"
    ".edition-banner a:visited{color:#fff;"
    "text-decoration:underline}.edition-banner a:focus-visible{outline:3px solid #fff}</style>"
)


class Edition(BaseModel):
    """One edition, as its record has it.

    Attributes:
        day: of the edition, which is its name.
        version: of the course, from CITATION.cff.
        checked: the day up to which the facts of the oldest lesson were checked.
        sha256: over the names and contents of its other files.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    version: str
    checked: date
    sha256: str


@dataclass(frozen=True)
class _Texts:
    """What the pages of one edition say of it."""

    day: date
    version: str
    checked: date
    current: str

    def banner(self, page: str, *, links: bool = True) -> str:
        """The banner of a page, given by its path; without links where they would lead nowhere."""
        up = "../" * page.count("/")
        current = self.current if re.match(r"[a-z]+://", self.current) else up + self.current
        words = (
            f"This is the edition of {in_words(self.day)}, version {html.escape(self.version)}. "
            f"It stays as it was; its facts were checked to {in_words(self.checked)}."
        )
        where = (
            f' <a href="{html.escape(current + page)}">This page today</a> · '
            f'<a href="{html.escape(current)}index.html">The current edition</a> · '
            f'<a href="{up}../index.html">All editions</a>'
        )
        return (
            f'<aside class="edition-banner" aria-label="Edition"><p>{words}'
            f"{where if links else ''}</p></aside>"
        )


def editions_folder(folders: CourseFolders) -> Path:
    """Where the editions lie, and the list of them."""
    return folders.build / "editions"


def freeze(folders: CourseFolders, day: date, *, current: str = "") -> Path:
    """Freeze the built site as the edition of a day, and list it.

    Args:
        folders: the course, whose site has been built.
        day: of the edition.
        current: address of the current site, for the links to it. Else it is `html.baseurl` of
            _config.yml, and where that is not set, two folders above the edition.

    Returns:
        the folder of the edition.

    Raises:
        CourseError: the site is not built, the day or the version has been taken, the day lies
            before the last check of a fact, or an old edition is not as it was made.
        CourseErrors: CITATION.cff or a lesson cannot be read.
    """
    folder = editions_folder(folders)
    work = read_work(folders.root / "CITATION.cff")
    texts = _Texts(day, work.version, _checked(folders, day), _current(folders, current))
    _may_be_made(folders, day, work)
    part = folder / f".{day}.part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(site(folders).parent, part, copy_function=shutil.copyfile)
    _mark(part, texts)
    record = Edition(day=day, version=work.version, checked=texts.checked, sha256=_digest(part))
    (part / RECORD).write_text(record.model_dump_json(indent=1) + "\n", encoding="utf-8")
    done = part.rename(folder / day.isoformat())  # only a whole edition bears its name
    _write_list(folder, work, _current(folders, current))
    return done


def read_editions(folders: CourseFolders) -> list[Edition]:
    """The editions that have been made, the newest first.

    Raises:
        CourseError: one of them is not as it was made.
    """
    return _read_all(editions_folder(folders))


def _read_all(folder: Path) -> list[Edition]:
    return [_read(place) for place in sorted(folder.glob("[0-9]*/"), reverse=True)]


def _read(place: Path) -> Edition:
    remedy = "Put the folder back as it was published; if it never was, remove it."
    file = place / RECORD
    try:
        edition = Edition.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        message = "The record of this edition is missing or cannot be read."
        raise CourseError(message, file=file, remedy=remedy) from error
    if edition.day.isoformat() != place.name or edition.sha256 != _digest(place):
        message = "This edition is not as it was made: a file of it has changed."
        raise CourseError(message, file=place, remedy=remedy)
    return edition


def _may_be_made(folders: CourseFolders, day: date, work: Work) -> None:
    if not site(folders).exists():
        remedy = "Run `safehaven course`."
        raise CourseError("The book has not been built yet.", file=site(folders), remedy=remedy)
    for old in read_editions(folders):
        if old.day == day:
            place = editions_folder(folders) / day.isoformat()
            message = f"There is an edition of {in_words(day)}, and editions never change."
            raise CourseError(message, file=place, remedy="Take another day.")
        if old.version == work.version:
            raise CourseError(
                f"Version {work.version} is the edition of {in_words(old.day)}.",
                file=folders.root / "CITATION.cff",
                line=_line_of_version(folders.root / "CITATION.cff"),
                remedy="Raise 'version' and 'date-released', and build the site again.",
            )


def _line_of_version(file: Path) -> int:
    return load(file.read_text(encoding="utf-8"), file).line(("version",))


def _checked(folders: CourseFolders, day: date) -> date:
    """The day up to which every lesson was checked."""
    lessons, _ = read_lessons(folders.book)
    for lesson in lessons:
        if lesson.head.as_of > day:
            raise CourseError(
                f"The facts were checked to {in_words(lesson.head.as_of)}, after {in_words(day)}.",
                file=lesson.file,
                line=1,
                remedy="Take the day on which the edition is made.",
            )
    return min((lesson.head.as_of for lesson in lessons), default=day)


def _current(folders: CourseFolders, given: str) -> str:
    """The address of the current site with a slash at its end, as seen from an edition."""
    file = folders.root / "_config.yml"
    options = load(file.read_text(encoding="utf-8"), file).content.get("html") or {}
    address = given or options.get("baseurl") or _UP["edition"]
    return f"{address.rstrip('/')}/"


def _mark(place: Path, texts: _Texts) -> None:
    """Put the banner into every page, and make anew what is made from the pages."""
    # What is read from the zip file has no folder above it, so its banner has no links there.
    outside = bool(re.match(r"[a-z]+://", texts.current))
    pages = [page.relative_to(place).as_posix() for page in pages_of(place)]
    for name in pages:
        file = place / name
        file.write_text(_with_banner(file, texts.banner(name, links=outside)), encoding="utf-8")
    archives = sorted(place.glob("*.zip"))
    for archive in archives:
        write_archive(place, site_files(place, leave_out=[archive.name]), archive)
    for name in pages:
        file = place / name
        text = file.read_text(encoding="utf-8")
        without = texts.banner(name, links=outside)
        file.write_text(text.replace(without, texts.banner(name), 1), encoding="utf-8")
    if (place / WORKER).exists():
        files = site_files(place, leave_out=[archive.name for archive in archives])
        _write_worker(place, worker_script(place, files), texts.day)


def _with_banner(file: Path, banner: str) -> str:
    """A page with the banner at its top, below the link that skips to the content."""
    text = file.read_text(encoding="utf-8")
    top = re.search(r'<body[^>]*>(?:\s*<div id="pst-skip-link".*?</div>)?', text, re.S)
    head = text.find("</head>")
    if top is None or head < 0:
        remedy = "Build the site again with `safehaven book --force`."
        raise CourseError("This page has no head or no body.", file=file, remedy=remedy)
    return f"{text[:head]}{_STYLE}\n{text[head : top.end()]}\n{banner}{text[top.end() :]}"


def _write_worker(place: Path, script: str, day: date) -> None:
    """Let the edition keep its own pages in the browser, apart from those of the current site."""
    assert _CACHE in script, "worker.js names its caches otherwise"
    own = _CACHE.replace("safehaven-", f"edition-{day}-")
    (place / WORKER).write_text(script.replace(_CACHE, own, 1), encoding="utf-8")


def _digest(place: Path) -> str:
    """SHA-256 over the names and contents of all files but the record."""
    digest = hashlib.sha256()
    for file in sorted(file for file in place.rglob("*") if file.is_file()):
        name = file.relative_to(place).as_posix()
        if name != RECORD:
            digest.update(f"{name}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _write_list(folder: Path, work: Work, current: str) -> None:
    if current == _UP["edition"]:
        current = _UP["list"]
    text = "\n".join(_list(_read_all(folder), work.title, current))
    (folder / "index.html").write_text(f"{text}\n", encoding="utf-8")


def _list(editions: list[Edition], title: str, current: str) -> Iterator[str]:
    """The page that lists the editions."""
    words = html.escape(title)
    yield from ("<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">')
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<title>Editions – {words}</title>\n<link rel="icon" href="data:,">'
    yield (
        "<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 sans-serif;max-width:45rem;"
        "margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}"
        "td,th{padding:.3rem 1.5rem .3rem 0;text-align:left}</style>"
    )
    yield from ("</head>", "<body>", "<main>", f"<h1>Editions of {words}</h1>")
    yield (
        f'<p><a href="{html.escape(current)}index.html">The current edition</a> is kept up to '
        "date. Those below stay as they were on their day, so that a citation finds what it "
        "cites.</p>"
    )
    yield from ("<table>", "<thead><tr>")
    yield '<th scope="col">Edition</th><th scope="col">Version</th>'
    yield from ('<th scope="col">Facts checked to</th>', "</tr></thead>", "<tbody>")
    for edition in editions:
        yield (
            f'<tr><th scope="row"><a href="{edition.day}/index.html">{in_words(edition.day)}</a>'
            f"</th><td>{html.escape(edition.version)}</td>"
            f"<td>{in_words(edition.checked)}</td></tr>"
        )
    yield from ("</tbody>", "</table>", "</main>", "</body>", "</html>")
