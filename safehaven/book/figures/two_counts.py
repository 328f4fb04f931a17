"""Civilians killed by US drone strikes in Pakistan: two counts of the same strikes, by year."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Figure, Tables

_TABLE = "drone_strikes_pakistan/annual_comparison_newamerica_vs_tbij.csv"
_NEW_AMERICA, _BUREAU = "New America", "Bureau of Investigative Journalism"
_COLUMNS = {
    _NEW_AMERICA: ("na_civilians_low", "na_civilians_high"),
    _BUREAU: ("tbij_civilians_min", "tbij_civilians_max"),
}
#: Where the marks for overlapping bands stand, below zero.
_BELOW = -14


def _bands(raw: pd.DataFrame) -> pd.DataFrame:
    """One row a year and count, with the ends of its band."""
    parts = [
        pd.DataFrame({"year": raw["year"], "count": name, "low": raw[low], "high": raw[high]})
        for name, (low, high) in _COLUMNS.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _overlap(raw: pd.DataFrame) -> pd.Series:
    """Whether the two bands of a year share at least one number."""
    lows = raw[[low for low, _ in _COLUMNS.values()]].max(axis=1)
    highs = raw[[high for _, high in _COLUMNS.values()]].min(axis=1)
    return lows <= highs


def _shown(raw: pd.DataFrame) -> pd.DataFrame:
    """The table in words, with a last row for the whole span."""
    shown = pd.DataFrame(
        {
            "Year": raw["year"].astype(str),
            "New America: strikes": raw["na_strikes"],
            "New America: civilians, low": raw["na_civilians_low"],
            "New America: civilians, high": raw["na_civilians_high"],
            "Bureau: strikes": raw["tbij_strikes"],
            "Bureau: civilians, low": raw["tbij_civilians_min"],
            "Bureau: civilians, high": raw["tbij_civilians_max"],
        }
    )
    total = pd.DataFrame([{"Year": "all years", **shown.drop(columns="Year").sum().to_dict()}])
    shown = pd.concat([shown, total], ignore_index=True)
    whole = _overlap(raw.drop(columns="year").sum().to_frame().T)
    shown["Bands overlap"] = [
        "yes" if value else "no" for value in [*_overlap(raw).tolist(), *whole.tolist()]
    ]
    return shown


def draw(tables: Tables) -> Figure:
    """Draw both bands of civilian deaths for each year from 2004 to 2018.

    Args:
        tables: the course's tables; reads the yearly comparison of the two counts.

    Returns:
        Two bars a year from the low to the high end; a mark below the years of overlap.
    """
    raw = tables.read(_TABLE)
    bands = _bands(raw)
    order = [_NEW_AMERICA, _BUREAU]
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False))
    offset = alt.XOffset("count:N", sort=order, scale=alt.Scale(paddingInner=0.1))
    y_axis = alt.Axis(values=[0, 50, 100, 150, 200], tickCount=5)
    y = alt.Y(
        "low:Q",
        title="Civilians killed",
        scale=alt.Scale(domain=[-20, 215], nice=False),
        axis=y_axis,
    )
    colour = alt.Color(
        "count:N",
        sort=order,
        scale=alt.Scale(domain=order, range=[BLUE, ORANGE]),
        legend=alt.Legend(title=None, orient="top", labelLimit=360, symbolSize=120),
    )
    # Ends of another shape for each count: a band of one number is still seen, and colour
    # is not the only sign.
    shape = alt.Shape(
        "count:N", sort=order, scale=alt.Scale(domain=order, range=["circle", "square"])
    )
    base = alt.Chart(bands).encode(x=x, xOffset=offset, color=colour)
    bars = base.mark_rule(strokeWidth=4, opacity=0.75).encode(y=y, y2="high:Q")
    low_ends = base.mark_point(filled=True, size=46, opacity=1).encode(y=y, shape=shape)
    high_ends = base.mark_point(filled=True, size=46, opacity=1).encode(
        y=alt.Y("high:Q"), shape=shape
    )
    marks = pd.DataFrame({"year": raw["year"][_overlap(raw)], "low": _BELOW})
    overlap = (
        alt.Chart(marks)
        .mark_point(shape="triangle-up", filled=True, size=70, color=GREY, opacity=1)
        .encode(x=x, y=y)
    )
    words = (
        alt.Chart(pd.DataFrame({"year": [2013], "low": [172], "text": ["▲ the bands overlap"]}))
        .mark_text(align="left")
        .encode(x=alt.X("year:O"), y=alt.Y("low:Q"), text="text:N")
    )
    chart = alt.layer(bars, low_ends, high_ends, overlap, words).properties(
        width=640,
        height=300,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    note = (
        "Both counts were made from press reports. The Bureau's ends in January 2018. A band runs "
        "from the lowest to the highest number reported; it is no margin of error. Sums of the "
        "low ends and of the high ends bound a total only if every year stood at the same end."
    )
    return Figure(chart=chart, table=_shown(raw), note=note)
