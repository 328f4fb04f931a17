"""Makes the site work without a connection: kept by the browser, or taken along as one zip file.

The service worker (templates/worker.js) keeps what a visitor opened at once and the rest later;
it knows every file of the site by its content, so that a new build replaces the old one. The zip
file holds the same files to be read from a disk.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sphinx.application import Sphinx

from safehaven.book.light import TEMPLATES, is_site, pages_of, replace_in
from safehaven.book.webapp import MANIFEST, OFFLINE_PAGE

WORKER = "sw.js"
#: What is kept before anything else, so that the site can say in words that it is offline.
FIRST = (OFFLINE_PAGE,)
#: Bytes above which a file is kept only when a page has used it.
LARGE = 600_000
#: The book in other forms: whoever wants it takes it once, and not with every edition.
OTHER_FORMS = frozenset({".pdf", ".epub"})
#: What Sphinx leaves in the folder of a site for itself and for other sites.
_OWN = re.compile(r"(?:^|/)\.|^_sources/|\.inv$")
#: A fixed day for the entries of the zip file, so that the same site gives the same file.
_DAY = (2026, 1, 1, 0, 0, 0)
_REFERENCE = re.compile(r"""(?:href|src)="([^"]+)"|url\(["']?([^"')]+)["']?\)""")


@dataclass(frozen=True)
class SiteFiles:
    """The files of a built site, by their paths seen from its root.

    Attributes:
        pages: every page and what it needs to be read.
        later: large files, other forms of the book, and what only scripts ask for.
    """

    pages: tuple[str, ...]
    later: tuple[str, ...]


def site_files(site: Path, leave_out: Iterable[str]) -> SiteFiles:
    """Find what a reader of the site needs: its pages, and the files that they and those name.

    Args:
        site: the folder of the built site.
        leave_out: paths that are not to be kept.
    """
    left_out = {WORKER, *leave_out}
    needed: set[str] = set()
    new = {page.relative_to(site).as_posix() for page in pages_of(site)}
    new |= {MANIFEST} & {file.name for file in site.iterdir()}
    while new:
        needed |= new
        new = {name for file in new for name in _named_in(site, file)} - needed
    pages = {name for name in needed - left_out if _is_for_all(site / name)}
    every = (f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file())
    later = {name for name in every if not _OWN.search(name)} - pages - left_out
    return SiteFiles(tuple(sorted(pages)), tuple(sorted(later)))


def _is_for_all(file: Path) -> bool:
    return file.suffix not in OTHER_FORMS and file.stat().st_size <= LARGE


def _named_in(site: Path, name: str) -> Iterator[str]:
    """The files of the site that a page or a style sheet refers to."""
    file = site / name
    if file.suffix not in (".html", ".css", ".webmanifest"):
        return
    for in_page, in_style in _REFERENCE.findall(file.read_text(encoding="utf-8")):
        target = unquote(re.split(r"[#?]", in_page or in_style, maxsplit=1)[0])
        if not target or re.match(r"[a-z]+:|//", target):
            continue
        path = (file.parent / target).resolve()
        if path.is_file() and path.is_relative_to(site.resolve()):
            yield path.relative_to(site.resolve()).as_posix()


def fingerprint(file: Path) -> str:
    """The first 16 digits of the SHA-256 of a file, enough to tell editions apart."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]


def worker_script(site: Path, files: SiteFiles) -> str:
    """The service worker of this build: what it keeps, and how."""
    hashes = {name: fingerprint(site / name) for name in (*files.pages, *files.later)}
    build = {
        "version": hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:16],
        "first": {name: hashes[name] for name in FIRST},
        "files": {name: hashes[name] for name in files.pages if name not in FIRST},
        "later": {name: hashes[name] for name in files.later},
    }
    code = (TEMPLATES / "worker.js").read_text(encoding="utf-8")
    return f"const BUILD = {json.dumps(build, separators=(',', ':'))};\n{code}"


def pack(site: Path, names: Iterable[str], folder: str, target: Path) -> None:
    """Write files of the site into a zip file, below one folder; the same files, the same bytes.

    Args:
        site: the folder of the built site.
        names: paths seen from it.
        folder: the name of the folder in the zip file.
        target: the zip file.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(names):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (site / name).read_bytes(), compresslevel=9)


def megabytes(size: int) -> str:
    """A size in words, as `1.4 MB`."""
    return f"{size / 1_000_000:.1f} MB"


def short_name(title: str) -> str:
    """What stands before the colon of a title, as the name of a file: `safe-haven`."""
    return re.sub(r"\W+", "-", title.split(":", maxsplit=1)[0].strip().lower()).strip("-")


def offer(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Tell the template of the footer how the zip file is called."""
    context["course_zip"] = archive_name(app)


def archive_name(app: Sphinx) -> str:
    """The name of the zip file of the whole course, which lies at the root of the site."""
    return f"{short_name(app.config.html_title or app.config.project)}.zip"


def write_offline(app: Sphinx, error: Exception | None) -> None:
    """Write the zip file and the service worker, when everything else has been written."""
    if error is not None or not is_site(app):
        return
    site = Path(app.outdir)
    files = site_files(site, leave_out=[archive_name(app)])
    transfer = sum(len(gzip.compress((site / file).read_bytes())) for file in files.pages)
    _write_size(site, "offline-size", transfer)
    write_archive(site, files, site / archive_name(app))
    (site / WORKER).write_text(worker_script(site, files), encoding="utf-8")


def write_archive(site: Path, files: SiteFiles, target: Path) -> None:
    """Write the zip file and its size into the pages that offer it, which are in it themselves."""
    packed = [file for file in files.pages if file not in (MANIFEST, OFFLINE_PAGE)]
    stated = ""
    while True:  # writing the size into the pages can move it over the edge of a tenth
        pack(site, packed, target.stem, target)
        size = megabytes(target.stat().st_size)
        if size == stated:
            return
        stated = size
        _write_size(site, "zip-size", target.stat().st_size)


def _write_size(site: Path, place: str, size: int) -> None:
    for page in pages_of(site):
        replace_in(page, rf'(<span class="{place}">)[^<]*', rf"\g<1>{megabytes(size)}")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect with Sphinx, after everything else has been written."""
    app.setup_extension("safehaven.book.webapp")
    app.add_js_file("offline.js")
    app.connect("html-page-context", offer)
    app.connect("build-finished", write_offline, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
