"""Fixtures for all rooms."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from safehaven.book.build import build_book, site
from safehaven.book.serve import site_server
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from tests.mini_course import ROOT, mini_course

__all__ = ["mini_course"]

#: No sandbox of its own, since the tests may run as root; and no calls to its maker.
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window; one for all tests of a process."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing. Remedy: run the tests with `make test`."
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def _no_running_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide Playwright's event loop from the tests that do not use its browser.

    While a browser is open its synchronous interface leaves a loop marked as running in this
    thread, and `asyncio.run` refuses to start another.
    """
    if "browser" in request.fixturenames:
        yield
        return
    # Only these two functions of asyncio tell and set it.
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


def site_lock() -> FileLock:
    """Held by the one test process that builds a book of this course."""
    folder = CourseFolders(ROOT).build
    folder.mkdir(exist_ok=True)
    return FileLock(folder / "book.lock")


@pytest.fixture(scope="session")
def course_site() -> Path:
    """The folder of the built site of this course; several test processes wait for one build."""
    folders = CourseFolders(ROOT)
    said: list[str] = []
    with site_lock():
        try:
            build_book(folders, said.append)
        except CourseError as error:
            pytest.fail("\n".join([*said, str(error)]))
    return site(folders).parent


@pytest.fixture(scope="session")
def course_address(course_site: Path) -> Iterator[str]:
    """Where the built site is served, as `make serve` serves it; without a slash at the end."""
    folders = CourseFolders(course_site.parents[1])
    with site_server(folders, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
