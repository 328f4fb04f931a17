"""Shows the built site on this machine, compressed as any web host sends it."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from safehaven.book.build import site
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders

#: Endings of files that shrink; pictures, fonts and archives are compressed already.
COMPRESSIBLE = frozenset(
    {".css", ".csv", ".html", ".inv", ".ipynb", ".js", ".json", ".md", ".mjs", ".svg", ".txt"}
    | {".wasm", ".webmanifest", ".xml"}
)


class SiteHandler(SimpleHTTPRequestHandler):
    """Sends files as they are, or compressed to a browser that can take it."""

    protocol_version = "HTTP/1.1"  # one connection for many files
    extensions_map = {  # noqa: RUF012 (as the standard library has it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".webmanifest": "application/manifest+json",
    }

    def translate_path(self, path: str) -> str:
        """The file of an address; editions that lie beside the site are shown inside it."""
        site_folder, file = Path(self.directory), Path(super().translate_path(path))
        inside = site_folder / "editions"
        if inside.exists() or not file.is_relative_to(inside):
            return str(super().translate_path(path))  # with the slash that tells a folder
        return str(site_folder.parent / "editions" / file.relative_to(inside))

    def send_head(self) -> Any:
        """Send the header; return what is to follow it, or None where nothing is."""
        file = Path(self.translate_path(self.path))
        accepted = self.headers.get("Accept-Encoding", "")
        if file.suffix not in COMPRESSIBLE or "gzip" not in accepted or not file.is_file():
            return super().send_head()
        changed = int(file.stat().st_mtime)
        if self._is_known(changed):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        content = compressed(file, changed)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", self.date_time_string(changed))
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        return io.BytesIO(content)

    def _is_known(self, changed: int) -> bool:
        """Whether the browser has the file as it was last changed."""
        since = self.headers.get("If-Modified-Since")
        if not since:
            return False
        try:
            return changed <= parsedate_to_datetime(since).timestamp()
        except ValueError:  # no date, says RFC 9110: then as if nothing had been sent
            return False


class SiteServer(ThreadingHTTPServer):
    """A server that does not complain when a browser hangs up."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless the other side just went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@lru_cache(maxsize=512)
def compressed(file: Path, changed: int) -> bytes:  # noqa: ARG001 (a part of the key)
    """A file as it goes over the line; kept until it changes."""
    return gzip.compress(file.read_bytes(), mtime=0)


def site_server(folders: CourseFolders, port: int) -> ThreadingHTTPServer:
    """A server for the built site on the loopback address; port 0 takes a free one.

    Raises:
        CourseError: the book has not been built, or the port is taken.
    """
    first_page = site(folders)
    if not first_page.exists():
        raise CourseError(
            "The book has not been built yet.", file=first_page, remedy="Run `safehaven course`."
        )
    handler = partial(SiteHandler, directory=str(first_page.parent))
    try:
        return SiteServer(("127.0.0.1", port), handler)
    except OSError as error:
        remedy = "Choose another with --port, or --port 0 for any free one."
        message = f"Port {port} cannot be used ({error.strerror})."
        raise CourseError(message, file=first_page, remedy=remedy) from error


def serve_site(folders: CourseFolders, port: int, say: Callable[[str], None]) -> None:
    """Serve the site until the person stops it with Ctrl+C."""
    with site_server(folders, port) as server:
        say(f"The book is at http://127.0.0.1:{server.server_port}/ (Ctrl+C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
