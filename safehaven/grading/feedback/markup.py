"""Markdown of students and instructors as HTML that holds nothing but text."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

import mistune


class _TextOnly(mistune.HTMLRenderer):
    """Renders no raw HTML, and names a picture in place of fetching it."""

    def __init__(self) -> None:
        super().__init__(escape=True)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """The words that stand for a picture; its file may lie with somebody else."""
        del url
        words = html.escape(text or title or "")
        return f"<span>[picture: {words}]</span>" if words else "<span>[picture]</span>"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A paragraph in bold type: the headings of the page are its own."""
        del level, attrs
        return f"<p><strong>{text}</strong></p>\n"

    def inline_math(self, text: str) -> str:
        """A formula as it was typed; a page without programs cannot set it."""
        return f"<code>${html.escape(text)}$</code>"

    def block_math(self, text: str) -> str:
        """A formula on lines of its own, as it was typed."""
        return f"<pre>{html.escape(text.strip())}</pre>\n"


@cache
def _renderer() -> Any:
    renderer = _TextOnly()
    made = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough", "math"])
    # The plugin brings its own way to show formulas, which waits for a program from the web.
    renderer.register("inline_math", lambda _, text: renderer.inline_math(text))
    renderer.register("block_math", lambda _, text: renderer.block_math(text))
    return made


def to_html(markdown: str) -> str:
    """Safe HTML: text, lists, tables, code and links, and nothing that a browser fetches."""
    return str(_renderer()(markdown))


def as_text(markdown: str) -> str:
    """The words of Markdown as a reader sees them."""
    return html.unescape(re.sub(r"<[^>]*>", "", to_html(markdown)))
