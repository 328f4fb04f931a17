"""Mends in the finished HTML what the theme and Sphinx leave inaccessible, and describes pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from safehaven.book.light import is_site

#: Search engines and lists of links show about this many characters of a description.
DESCRIPTION = 155
#: What pages that no author wrote are about.
GENERATED = {
    "search": "Search the lessons, exercises and reference pages of the course.",
    "genindex": "Every term of the glossary in the order of the alphabet.",
}
#: Blocks whose words say nothing of what a page is about.
_ASIDE = (nodes.Admonition, nodes.figure, nodes.table, nodes.comment, nodes.literal_block)


def mended(body: str) -> str:
    """The body of a page with what accessibility checkers report put right."""
    # The corner of a table with headings on two sides heads nothing.
    body = re.sub(r"<th class=\"[^\"]*\">(?:<p></p>|\s*)</th>", "<td></td>", body)
    # WAI-ARIA 1.2 gave up the role of an entry, and its list holds more than entries.
    body = body.replace(' role="doc-biblioentry"', "")
    return body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')


def named_navigation(generate: Callable[..., Any]) -> Callable[..., Any]:
    """The theme's list of pages, with a name for each arrow and a mark at the present page."""

    def generate_named(*arguments: Any, **options: Any) -> Any:
        soup = generate(*arguments, **options)
        for summary in soup("summary"):
            link = summary.find_parent("li").find("a")
            summary["aria-label"] = f"Pages below {link.get_text()}"
        for link in soup.select("a.current[href='#']"):
            link["aria-current"] = "page"
        return soup

    return generate_named


def description(doctree: nodes.document) -> str:
    """The first words of a page that are about its subject, to be shown in lists of links."""
    words = ""
    for paragraph in doctree.findall(nodes.paragraph):
        if not _is_aside(paragraph):
            words = f"{words} {paragraph.astext()}".strip()
        if len(words) >= DESCRIPTION:
            break
    return shortened(re.sub(r"\s+", " ", words))


def _is_aside(node: nodes.Node) -> bool:
    return any(
        isinstance(above, _ASIDE)
        or (isinstance(above, nodes.container) and "lesson-head" in above["classes"])
        for above in _ancestors(node)
    )


def _ancestors(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def shortened(text: str) -> str:
    """A text cut at the end of a word, if it is longer than a description may be."""
    if len(text) <= DESCRIPTION:
        return text
    return text[: DESCRIPTION - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + " …"


def mend_page(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Mend a page of the website and give it a description."""
    if not is_site(app):
        return
    context["body"] = mended(context.get("body", ""))
    if "generate_toctree_html" in context:  # another theme has another navigation
        context["generate_toctree_html"] = named_navigation(context["generate_toctree_html"])
    about = GENERATED.get(pagename) or (description(doctree) if doctree else "")
    about = about or f"{context.get('title', '')}: a page of the course."
    tag = f'<meta name="description" content="{html.escape(about)}" />'
    # The layout states the viewport itself; what Sphinx adds for docutils would repeat it.
    kept = re.sub(r"<meta[^>]*viewport[^>]*>", "", context.get("metatags", ""))
    context["metatags"] = f"{kept}\n    {tag}"


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect with Sphinx after the theme has added its functions."""
    app.connect("html-page-context", mend_page, priority=910)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
