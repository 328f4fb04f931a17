"""Small pieces of HTML: the inline marks of the bank's texts, and well-formed elements."""

from __future__ import annotations

import re
from html import escape

#: `code`, **bold** and *emphasis*, in this order of precedence; marks do not nest.
_MARKS = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*"
)
#: What Markdown, or the mathematics of a notebook, would take for a mark.
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|$~]")
#: Elements that have no content and close themselves, as XHTML (and so EPUB) asks.
_VOID = frozenset({"input", "br"})


def inline_html(text: str) -> str:
    """Escape a text of the bank for HTML and turn its inline marks into elements.

    Only *emphasis*, **bold** and `code` are known, and they do not nest. Everything else,
    including HTML and links, is shown as it was typed.
    """
    escaped = escape(" ".join(text.split()), quote=False)
    return _MARKS.sub(lambda m: f"<{m.lastgroup}>{m[m.lastgroup or 0]}</{m.lastgroup}>", escaped)


def markdown_text(text: str) -> str:
    """The text for a Markdown cell: its inline marks kept, everything else shown as typed."""
    pieces, end = [], 0
    line = " ".join(text.split())
    for mark in _MARKS.finditer(line):
        kept = mark[0] if mark.lastgroup == "code" else _escape_inside(mark[0])
        pieces += [_SPECIAL.sub(r"\\\g<0>", line[end : mark.start()]), kept]
        end = mark.end()
    return "".join([*pieces, _SPECIAL.sub(r"\\\g<0>", line[end:])])


def _escape_inside(marked: str) -> str:
    return re.sub(r"[^*]+", lambda m: _SPECIAL.sub(r"\\\g<0>", m[0]), marked)


def plain_text(text: str) -> str:
    """The text without its inline marks, on one line, for output that has no markup."""
    return _MARKS.sub(lambda m: m[m.lastgroup or 0], " ".join(text.split()))


def tag(element: str, /, *content: str, **attributes: str | int | None) -> str:
    """One well-formed element; `content` is HTML, attribute values are escaped here.

    A trailing underscore of an attribute's name is dropped (`class_`), the others become
    hyphens (`aria_describedby`); an attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if element in _VOID:
        return f"<{element}{written} />"
    return f"<{element}{written}>{''.join(content)}</{element}>"
