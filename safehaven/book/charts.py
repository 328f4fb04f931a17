"""The `chart` directive: a figure from the course's tables, as SVG, with its data below it."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import ClassVar

import altair as alt
import pandas as pd
import vl_convert
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from safehaven.book import figures
from safehaven.book.narrow import WIDE_ONLY, Spec, narrowed
from safehaven.book.project import project_of

#: Fonts of nearly equal width, so that a label is as wide in the browser as it was measured.
_FONT = "Arial, 'Liberation Sans', Arimo, Helvetica, sans-serif"


def themed(chart: figures.Chart) -> Spec:
    """The Vega-Lite specification of a chart in the colours and letters of the page."""
    ink = "currentColor"
    dressed = (
        chart.configure(background="transparent", font=_FONT, padding=8)
        .configure_axis(
            labelColor=ink,
            titleColor=ink,
            domainColor=ink,
            tickColor=ink,
            gridColor=ink,
            gridOpacity=0.15,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            labelLimit=320,
        )
        .configure_legend(labelColor=ink, titleColor=ink, labelFontSize=13, titleFontSize=13)
        .configure_header(labelColor=ink, titleColor=ink, labelFontSize=13, titleFontSize=13)
        .configure_title(color=ink, fontSize=14, anchor="start", fontWeight="normal")
        .configure_text(color=ink, fontSize=13)
        .configure_view(stroke=None)
    )
    spec: Spec = dressed.to_dict()
    return spec


def svg_of(spec: Spec) -> str:
    """Draw a Vega-Lite specification as SVG."""
    svg: str = vl_convert.vegalite_to_svg(spec, vl_version=_vega_lite_version())
    return svg


def pictures(name: str, chart: figures.Chart, alternative: str) -> str:
    """A figure for wide screens and paper and, unless it must be wide, one for narrow screens.

    The style sheet shows one of the two. A wide one scrolls sideways where there is no room.

    Args:
        name: of the figure, as a page asks for it.
        chart: what it shows.
        alternative: what it shows, in words.
    """
    spec = themed(chart)
    wide = accessible_svg(svg_of(spec), alternative)
    scrolls = (
        '<div class="chart-scroll{}" data-label="Figure" tabindex="0" role="group" '
        'aria-label="Figure, scrolls sideways">{}</div>'
    )
    if name in WIDE_ONLY:
        return scrolls.format("", wide)
    narrow = accessible_svg(svg_of(narrowed(spec)), alternative)
    return scrolls.format(" chart-wide", wide) + f'<div class="chart-narrow">{narrow}</div>'


def _vega_lite_version() -> str:
    """The version of Vega-Lite that Altair writes, in vl-convert's form: `v5.20` to `5.20`."""
    return ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def accessible_svg(svg: str, alternative: str) -> str:
    """Make an SVG one picture with a text alternative, and let it shrink with the page."""
    opening = re.search(r"<svg[^>]*>", svg)
    assert opening, "vl-convert always writes an svg element"
    # The marks carry labels of their own; inside one labelled picture they would be noise.
    inner = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg[opening.end() :])
    label = html.escape(alternative, quote=True)
    head = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", opening.group())
    return f'{head[:-1]} role="img" aria-label="{label}">{inner}'


def table_html(table: pd.DataFrame, note: str) -> str:
    """The data behind a figure, folded away under it."""
    body = table.to_html(
        index=False,
        border=0,
        na_rep="–",
        float_format=lambda x: f"{x:g}",
        classes="table chart-data",
    )
    after = f"<p>{html.escape(note)}</p>" if note else ""
    return (
        '<details class="chart-table"><summary>The data behind this figure</summary>'
        '<div class="chart-scroll" data-label="Table" tabindex="0" role="group" '
        'aria-label="Table, scrolls sideways">'
        f"{body}</div>{after}</details>"
    )


class ChartDirective(SphinxDirective):
    """```{chart} name` with `:alt:`; its content, the caption, states the finding and source."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return a numbered figure, labelled `fig-<name>`."""
        name = self.arguments[0]
        if "alt" not in self.options or not self.content:
            raise self.error(
                f"The figure {name!r} has no text alternative or no caption. Remedy: write "
                "`:alt:` under the directive and the finding with its source as its content."
            )
        tables = figures.Tables(project_of(self.env).folders.data)
        try:
            figure = figures.draw(name, tables)
        except ModuleNotFoundError as error:
            raise self.error(
                f"There is no figure {name!r} ({error}). Remedy: add "
                f"safehaven/book/figures/{name.replace('-', '_')}.py or respell the name."
            ) from error
        module = Path(figures.__file__).with_name(f"{name.replace('-', '_')}.py")
        self.env.note_dependency(str(module))
        return [self._node(name, figure)]

    def _node(self, name: str, figure: figures.Figure) -> nodes.Node:
        node = nodes.figure(classes=["chart"])
        self.set_source_info(node)
        shown = pictures(name, figure.chart, self.options["alt"])
        node += nodes.raw("", shown, format="html")
        caption = nodes.caption()
        inlines, messages = self.parse_inline(" ".join(self.content), lineno=self.lineno)
        caption += inlines
        node += caption
        node += messages
        node += nodes.legend(
            "", nodes.raw("", table_html(figure.table, figure.note), format="html")
        )
        self.options["name"] = f"fig-{name}"
        self.add_name(node)
        return node
