from __future__ import annotations

import re

import altair as alt
import pandas as pd
import pytest

from safehaven.book.charts import accessible_svg, svg_of, table_html, themed
from safehaven.book.figures import Tables, draw


@pytest.fixture
def chart():
    data = pd.DataFrame({"year": [2001, 2002], "n": [1, 2]})
    return alt.Chart(data).mark_bar().encode(x="year:O", y="n:Q")


def test_svg_takes_the_colour_of_the_page(chart):
    svg = svg_of(themed(chart))
    assert "currentColor" in svg
    assert not re.search(r'<text[^>]*fill="#(000|333)', svg)


def test_svg_is_one_labelled_picture(chart):
    svg = accessible_svg(svg_of(themed(chart)), 'Two bars: "1" & 2')
    assert svg.count('role="') == 1
    assert 'aria-label="Two bars: &quot;1&quot; &amp; 2"' in svg


def test_svg_asks_for_nothing_from_elsewhere(chart):
    svg = re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg_of(themed(chart)))
    assert "http" not in svg


def test_table_shows_missing_values_as_a_dash():
    shown = table_html(pd.DataFrame({"low": [float("nan")], "high": [100]}), "Read so.")
    assert "–" in shown
    assert "Read so." in shown


def test_an_unknown_figure_is_an_error(tmp_path):
    with pytest.raises(ModuleNotFoundError):
        draw("no-such-figure", Tables(tmp_path))
