"""Shows the built site on this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from safehaven.book.build import site
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders


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
    handler = partial(SimpleHTTPRequestHandler, directory=str(first_page.parent))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
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
