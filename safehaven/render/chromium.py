"""Chromium as a printer: one HTML page in, one PDF file out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from safehaven.errors import CourseError

#: Names under which Chromium and its relatives are installed.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: A quiz takes about a second, the whole book some ten; a browser that hangs is stopped.
SECONDS = 180


def find_browser(target: Path) -> str:
    """The path of a browser that can print.

    Args:
        target: what is to be printed, for the message.

    Raises:
        CourseError: there is none.
    """
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    raise CourseError(
        "No browser is there to print.",
        file=target,
        remedy="Install Chromium (Debian: apt-get install chromium), so that one of these "
        f"commands is found: {', '.join(BROWSERS)}.",
    )


def print_page(browser: str, page: Path, target: Path, *, bookmarks: bool = False) -> Path:
    """Let the browser print a page as a PDF file.

    Args:
        browser: from `find_browser`.
        page: an HTML file.
        target: the PDF file, replaced when the new one is whole.
        bookmarks: make one of each heading, and tag the text for screen readers.

    Raises:
        CourseError: the browser failed, with its last words.
    """
    with tempfile.TemporaryDirectory(prefix="safehaven-print-") as name:
        folder = Path(name)
        printed = folder / "printed.pdf"
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
            f"--user-data-dir={folder / 'profile'}",
            "--no-pdf-header-footer",
            *(["--generate-pdf-document-outline"] if bookmarks else []),
            f"--print-to-pdf={printed}",
            *(["--no-sandbox"] if _is_root() else []),
            page.resolve().as_uri(),
        ]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, check=False
            )
            said = done.stderr.strip().splitlines()[-1:]
        except subprocess.TimeoutExpired:
            said = [f"it did not finish within {SECONDS} seconds"]
        if not printed.is_file():
            raise CourseError(
                f"The browser did not print: {' '.join(said) or 'it gave no reason'}.",
                file=target,
                remedy=f"Try `{browser} --headless --print-to-pdf=test.pdf about:blank`.",
            )
        shutil.move(printed, target)
    return target


def _is_root() -> bool:
    """Chromium refuses its sandbox to root, as which containers run."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
