"""HTML of students without anything that runs or fetches, for the formgrader."""

from __future__ import annotations

from typing import Any

#: What Markdown and a table of pandas are made of. Anything else is shown as the text it is.
TAGS = frozenset(
    """a abbr b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre
    s span strong sub sup table tbody td tfoot th thead tr u ul""".split()  # noqa: SIM905
)
ATTRIBUTES = {"*": ["class"], "a": ["href", "title"], "td": ["colspan", "rowspan"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})


def harmless(html: str) -> str:
    """The same page, in which other tags and attributes have no effect."""
    import bleach

    return bleach.clean(str(html), tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS)


def _harmless_markdown(html: str) -> str:
    from nbconvert.filters import strip_files_prefix

    return harmless(strip_files_prefix(html))


def configure(config: Any) -> None:
    """Let the formgrader show what students wrote without running any of it.

    A script in a notebook would run in the page of a person who may change grades, with that
    person's rights. nbconvert cleans what code printed, if it is told to; nbgrader's template
    leaves Markdown as it is, so its last filter cleans too.

    Args:
        config: the traitlets configuration of an nbgrader course.
    """
    config.HTMLExporter.sanitize_html = True
    config.HTMLExporter.filters = {
        "clean_html": harmless,
        "strip_files_prefix": _harmless_markdown,
    }
