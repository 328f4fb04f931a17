"""The frame of the pages that an instructor reads: one look, and nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib import resources


def document(title: str, body: Iterable[str], *, style: str, script: str = "") -> str:
    """A whole page that carries its style and script, and may load nothing else.

    Args:
        title: its name, as HTML.
        body: its lines, as HTML.
        style: what its style sheet has beyond that of all pages.
        script: what runs at its end; nothing may run where there is none.
    """
    sheet = resources.files(__package__).joinpath("pages.css").read_text(encoding="utf-8") + style
    policy = f"default-src 'none'; style-src '{_hash(sheet)}'"
    if script:
        policy += f"; script-src '{_hash(script)}'"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>{sheet}</style>",
            "</head>",
            "<body>",
            *body,
            *([f"<script>{script}</script>"] if script else []),
            "</body>",
            "</html>\n",
        ]
    )


def _hash(text: str) -> str:
    """By which a policy allows this text and no other."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
