"""Three yardsticks of likelihood side by side: each word's band, and the gaps between bands."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Chart, Figure, Tables

_ORDER = ["ICD 203", "PHIA", "Kent"]
_TITLES = {
    "ICD 203": "ICD 203 (US, 2015)",
    "PHIA": "PHIA (UK, 2025)",
    "Kent": "Kent (1964)",
}
#: In pixels, for the 108 points shown: the narrowest band (4 points) holds a line of words.
_HEIGHT = 560


def _label(row: pd.Series[Any]) -> str:
    """`likely 55–80`; a limit of the scale is one number."""
    low, high = row["low"], row["high"]
    return f"{row['term']} {low}" if low == high else f"{row['term']} {low}–{high}"


def _column(scale: pd.DataFrame, name: str, colour: str, first: bool) -> Chart:
    """Draw one yardstick as bands on a scale from 0 to 100 per cent."""
    axis = (
        alt.Axis(values=list(range(0, 101, 10)), grid=False, labelExpr="datum.value + ' %'")
        if first
        else None
    )
    y = alt.Y("low:Q", title=None, scale=alt.Scale(domain=[-4, 104], nice=False), axis=axis)
    bands = scale[scale["low"] < scale["high"]].assign(
        middle=lambda part: (part["low"] + part["high"]) / 2
    )
    limits = scale[scale["low"] == scale["high"]].assign(
        at=lambda part: part["low"].map({0: -2.4, 100: 102.4})
    )
    # The fill is thin, so that words on it keep the contrast of the page's text.
    boxes = (
        alt.Chart(bands)
        .mark_rect(color=colour, fillOpacity=0.2, stroke=colour, strokeWidth=1.5)
        .encode(y=y, y2="high:Q")
    )
    words = alt.Chart(bands).mark_text(fontSize=13).encode(y="middle:Q", text="label:N")
    layers = [boxes, words]
    if len(limits):
        ends = alt.Chart(limits).mark_rule(color=colour, strokeWidth=3).encode(y="low:Q")
        names = alt.Chart(limits).mark_text(fontSize=13).encode(y="at:Q", text="label:N")
        layers += [ends, names]
    title = alt.TitleParams(_TITLES[name], anchor="middle")
    return alt.layer(*layers).properties(width=186, height=_HEIGHT, title=title)


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Give the table in words."""
    return pd.DataFrame(
        {
            "Yardstick": table["yardstick"].map(_TITLES),
            "Word": table["term"],
            "Second word": table["other_terms"].fillna("–"),
            "From (%)": table["low"],
            "To (%)": table["high"],
            "As the issuer gives it": table["bounds_text"],
        }
    )


def draw(tables: Tables) -> Figure:
    """Draw the bands of the three yardsticks on one scale.

    Args:
        tables: the course's tables; reads `yardsticks/yardsticks.csv`.

    Returns:
        Three columns of bands; the empty space between two bands is a gap that has no word.
    """
    table = tables.read("yardsticks/yardsticks.csv")
    table["label"] = table.apply(_label, axis=1)
    colours = dict(zip(_ORDER, (BLUE, ORANGE, GREY), strict=True))
    columns = [
        _column(table[table["yardstick"] == name], name, colours[name], name == _ORDER[0])
        for name in _ORDER
    ]
    note = (
        "PHIA's bounds are given as approximate, and its ends as more than 0 and less than 100. "
        "ICD 203 also has a second row of words for the same bands."
    )
    return Figure(
        chart=alt.hconcat(*columns, spacing=12).resolve_scale(y="shared"),
        table=_shown(table),
        note=note,
    )
