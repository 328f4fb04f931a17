"""The small files at the root of the site: icons, the app's manifest, signposts, robots.txt."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import vl_convert
from sphinx.application import Sphinx

from safehaven.book.light import TEMPLATES, is_site

ICON = Path(__file__).parent / "static" / "icon.svg"
#: Sides of the square pictures that telephones and desktops ask for, in pixels.
ICON_SIZES = (180, 192, 512)
MANIFEST = "manifest.webmanifest"
GROUND = "#12344d"
#: What a reader sees instead of a page that is not kept on the device.
OFFLINE_PAGE = "offline.html"


def icon_png(size: int) -> bytes:
    """The icon as a picture of `size` by `size` pixels, drawn from the one SVG file."""
    svg = ICON.read_text(encoding="utf-8")
    sized = svg.replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
    png: bytes = vl_convert.svg_to_png(sized, ppi=72)
    return png


def manifest(title: str, first_page: str) -> dict[str, Any]:
    """What a browser needs to install the site as an app.

    Args:
        title: of the course; what stands before a colon is its short name.
        first_page: its address, seen from the root of the site.
    """
    pictures = [
        {"src": f"_static/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    return {
        "id": "./",
        "name": title,
        "short_name": title.split(":", maxsplit=1)[0],
        "description": "A university course that can be read without a connection.",
        "lang": "en",
        "start_url": first_page,
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": GROUND,
        "icons": [
            {"src": "_static/icon.svg", "sizes": "any", "type": "image/svg+xml"},
            *pictures,
            {**pictures[-1], "purpose": "maskable"},
        ],
    }


def signpost(title: str, first_page: str) -> str:
    """The page at the root of the site, which leads to its first page at once."""
    words, target = html.escape(title), html.escape(first_page)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{words}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        '<link rel="icon" href="_static/icon.svg" type="image/svg+xml">\n'
        f'<link rel="canonical" href="{target}">\n</head>\n'
        f'<body>\n<main><h1><a href="{target}">{words}</a></h1></main>\n</body>\n</html>\n'
    )


def write_root_files(app: Sphinx, error: Exception | None) -> None:
    """Write them into the site, before the style sheet is made from what the pages use."""
    if error is not None or not is_site(app):
        return
    site = Path(app.outdir)
    title = app.config.html_title or app.config.project
    first_page = app.builder.get_target_uri(app.config.root_doc)
    for size in ICON_SIZES:
        (site / "_static" / f"icon-{size}.png").write_bytes(icon_png(size))
    text = json.dumps(manifest(title, first_page), indent=1)
    (site / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    if first_page != "index.html":
        (site / "index.html").write_text(signpost(title, first_page), encoding="utf-8")
    words = (TEMPLATES / OFFLINE_PAGE).read_text(encoding="utf-8")
    (site / OFFLINE_PAGE).write_text(words.replace("{{ title }}", html.escape(title)), "utf-8")
    (site / "robots.txt").write_text("User-agent: *\nDisallow:\n", encoding="ascii")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect with Sphinx."""
    app.connect("build-finished", write_root_files, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
