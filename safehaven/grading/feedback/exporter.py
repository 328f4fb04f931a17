"""The exporter that writes a page of feedback as HTML that stands alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from nbconvert.exporters import Exporter

from safehaven.grading.feedback.collect import PAGE
from safehaven.grading.feedback.markup import to_html
from safehaven.grading.feedback.model import Page
from safehaven.grading.feedback.words import duration, points, points_words, sign, state_words


class FeedbackExporter(Exporter):
    """Writes the page that CollectFeedback has put into the resources."""

    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Run the preprocessors and render what they collected."""
        _, resources = super().from_notebook_node(nb, resources, **kw)
        return render(resources[PAGE]), resources


def render(page: Page) -> str:
    """The page as HTML: no program, no picture, no request to any host."""
    return _template().render(page=page)


@cache
def _template() -> jinja2.Template:
    here = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(here),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "points": points,
        "duration": duration,
        "sign": sign,
        "check_words": state_words,
        "task_words": points_words,
        "markdown": lambda text: Markup(to_html(text)),  # to_html escapes
    }
    environment.globals["style"] = Markup((here / "page.css").read_text(encoding="utf-8"))
    return environment.get_template("page.html.j2")
