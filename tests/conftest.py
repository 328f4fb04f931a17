"""Fixtures for all rooms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.mini_course import mini_course

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
