"""What a page of the website loads: one small style sheet, few scripts, nothing from elsewhere.

The theme and the extensions of Jupyter Book add to every page what any page might need. Here each
page keeps what it uses. A script that an extension of the course adds with `app.add_js_file` is
kept, and waits until the page is read; a style sheet that is added for all pages becomes a part
of `site.css`, one that is added to a page by a handler of `html-page-context` stays by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._assets import _JavaScript

from safehaven.book.quiz import WEBSITE
from safehaven.book.stylesheet import names_in_page, names_in_script, reduced, with_imports

TEMPLATES = Path(__file__).parent / "templates"
#: The theme's own script, which its layout would load after the page.
THEME_SCRIPT = "_static/scripts/pydata-sphinx-theme.js"
#: The theme's style sheets, which its layout would load before all others.
THEME_STYLES = ("_static/styles/theme.css", "_static/styles/pydata-sphinx-theme.css")
#: The one style sheet of all pages.
STYLE = "site.css"

#: What the search of Sphinx calls as soon as it is read.
SEARCH_NEEDS = ("_static/documentation_options.js", "_static/doctools.js")
#: What no page uses: it runs code on foreign servers, or what it does is done otherwise.
NEVER = frozenset({"sphinx-thebe.js", "sphinx-thebe.css", "scripts/sphinx-book-theme.js"})
#: Scripts for something that not every page holds, with what it looks like there.
ONLY_WITH = {
    "clipboard.min.js": re.compile(r'<div class="highlight'),
    "copybutton.js": re.compile(r'<div class="highlight'),
    "togglebutton.js": re.compile(r'class="(?:[^"]* )?(?:toggle|dropdown)[" ]'),
    "design-tabs.js": re.compile(r"sd-tab"),
    "timeline.js": re.compile(r"generated-timeline"),
}
#: Lines of script that settings of those scripts, or of the theme's unused parts, write.
SETTINGS = re.compile(
    r"THEBE_JS_URL|DOCUMENTATION_OPTIONS\.|togglebuttonSelector|toggle(?:Hint|Open)"
)
#: What Jupyter Book puts at the end of every page for a kernel on a foreign server.
KERNEL = re.compile(
    r'\s*<script type="text/x-thebe-config">.*?</script>\s*<script>kernelName = .*?</script>', re.S
)
#: Pages that stem from no document.
NO_DOCUMENT = ("search", "genindex", "offline")
#: Files that the theme copies and no page asks for.
UNUSED = (
    "**/*.map",
    "_static/scripts/fontawesome.js*",
    "_static/scripts/bootstrap.js*",
    "_static/vendor/fontawesome/**/*",
    "_static/sphinx-thebe.*",
    "_static/**/*webpack-macros.html",
    "_static/locales/**/*",
    "_static/images/logo_*",
)


def is_site(app: Sphinx) -> bool:
    """Whether pages of the website are made, in the theme that this module knows."""
    return app.builder.name in WEBSITE and app.config.html_theme == "sphinx_book_theme"


def use_templates(_app: Sphinx, config: Any) -> None:
    """Let the course's templates stand before those of the theme."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]


def note_styles(app: Sphinx) -> None:
    """Remember which style sheets are for all pages, before any page adds its own."""
    if is_site(app):
        assert isinstance(app.builder, StandaloneHTMLBuilder)
        app.safehaven_styles = [  # type: ignore[attr-defined]
            str(sheet.filename) for sheet in app.builder._css_files
        ]


def lighten(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    """Leave to a page the scripts and style sheets that it needs beside `site.css`."""
    if not is_site(app):
        return
    context["body"] = body = KERNEL.sub("", context.get("body", ""))
    shared = set(app.safehaven_styles)  # type: ignore[attr-defined]
    context["css_files"] = [s for s in context["css_files"] if str(s.filename) not in shared]
    # The search of Sphinx does not wait, so what it needs must not wait either.
    at_once = SEARCH_NEEDS if pagename == "search" else ()
    context["script_files"] = [
        script if script.filename in at_once else deferred(script)
        for script in (*scripts_for(body, context["script_files"]), _JavaScript(THEME_SCRIPT))
    ]


def scripts_for(body: str, scripts: Iterable[_JavaScript]) -> Iterator[_JavaScript]:
    """Those of the scripts that a page with this body needs."""
    for script in scripts:
        name = str(script.filename or "").removeprefix("_static/")
        if not name:
            if not SETTINGS.search(script.attributes.get("body", "")):
                yield script
        elif name not in NEVER and (name not in ONLY_WITH or ONLY_WITH[name].search(body)):
            yield script


def deferred(script: _JavaScript) -> _JavaScript:
    """The same script, run when the page has been read; one that says when it runs stays so."""
    if not script.filename or script.attributes.keys() & {"async", "defer", "type"}:
        return script
    return _JavaScript(
        script.filename, priority=script.priority, **{**script.attributes, "defer": "defer"}
    )


def write_style(app: Sphinx, error: Exception | None) -> None:
    """Write `site.css` from all shared sheets, name its version in the pages, and tidy up."""
    if error is not None or not is_site(app):
        return
    site = Path(app.outdir)
    remove_unused(site)
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    names = (*app.env.found_docs, *NO_DOCUMENT)
    remove_stale(site, {Path(app.builder.get_outfilename(name)) for name in names})
    pages = list(pages_of(site))
    used = set[str]()
    for page in pages:
        used |= names_in_page(page.read_text(encoding="utf-8"))
    for script in (site / "_static").rglob("*.js"):
        if "vendor" not in script.parts:
            used |= names_in_script(script.read_text(encoding="utf-8"))
    shared = app.safehaven_styles  # type: ignore[attr-defined]
    sheets = [*THEME_STYLES, *(s for s in shared if s.removeprefix("_static/") not in NEVER)]
    whole = "\n".join(with_imports(site / sheet) for sheet in sheets)
    content = '@charset "UTF-8";\n' + reduced(whole, used)
    (site / "_static" / STYLE).write_text(content, encoding="utf-8")
    version = hashlib.sha256(content.encode()).hexdigest()[:8]
    for page in pages:
        replace_in(page, rf"({re.escape(STYLE)}\?v=)\w*", rf"\g<1>{version}")


def pages_of(site: Path) -> Iterator[Path]:
    """Every page of a built site, in the order of their names."""
    return (p for p in sorted(site.rglob("*.html")) if "_static" not in p.relative_to(site).parts)


def remove_unused(site: Path) -> None:
    """Remove what the theme copied and no page asks for; it is some megabytes."""
    for pattern in UNUSED:
        for file in site.glob(pattern):
            if file.is_file():
                file.unlink()


def remove_stale(site: Path, known: set[Path]) -> None:
    """Remove pages that an earlier build made of documents that are gone.

    Args:
        site: the folder of the built site.
        known: the pages that belong to it.
    """
    for page in pages_of(site):
        if page not in known and _is_of_sphinx(page):
            page.unlink()


def _is_of_sphinx(page: Path) -> bool:
    return "data-content_root=" in page.read_text(encoding="utf-8")


def replace_in(file: Path, pattern: str, new: str) -> None:
    """Replace a pattern in a file, and leave the file alone where nothing changes."""
    text = file.read_text(encoding="utf-8")
    replaced = re.sub(pattern, new, text)
    if replaced != text:
        file.write_text(replaced, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect with Sphinx: late, so that all other extensions have added what they add."""
    app.connect("config-inited", use_templates)
    app.connect("builder-inited", note_styles, priority=900)
    app.connect("html-page-context", lighten, priority=900)
    app.connect("build-finished", write_style, priority=800)
    app.add_css_file("icons.css")
    app.add_js_file("page.js")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
