"""Published estimates of Al-Qaida's strength in Afghanistan, open bounds drawn as arrows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Figure, Tables

_TABLE = "estimates_over_time/estimates.csv"
_AREA = "Afghanistan"
#: What is counted, as the figure tells it apart: the members, a part of them, or a flow.
_MEMBERS, _CORE, _WIDER, _FLOW = (
    "members or fighters",
    "core only",
    "one camp, or with families",
    "killed or captured in a year",
)
_SHAPES = {_MEMBERS: "circle", _CORE: "diamond", _WIDER: "square", _FLOW: "cross"}
_COLOURS = {_MEMBERS: BLUE, _CORE: ORANGE, _WIDER: GREY, _FLOW: ORANGE}
#: How far an arrow reaches on the logarithmic scale: by this factor from the bound given.
_REACH = 1.8
#: Marks of one month stand side by side, this far apart in years.
_APART = 0.27
#: Words beside some marks: row, bound, text, side, and how far above (-) or below the mark.
_LABELS = [
    ("E01", "high", "US: perhaps 4,000", "right", 0),
    ("E05", "high", "US: under 100", "left", 0),
    ("E08", "low", "US: double digits", "left", 0),
    ("E12", "low", "over 40 lost", "right", 0),
    ("E13", "low", "US: 50 to 100", "right", 0),
    ("E14", "low", "one camp: over 150", "left", 0),
    ("E16", "high", "250 lost", "right", 8),
    ("E19", "high", "US: 300", "left", -10),
    ("E21", "high", "UN: 400 to 600", "left", 0),
    ("E24", "high", "under 200", "left", 14),
    ("E26", "high", "UN: up to 500", "right", -10),
    ("E34", "high", "UN: 400", "right", 4),
    ("E35", "high", "UN: 2,000 with families", "left", 0),
    ("E33", "high", "UN: 30 to 60", "left", 0),
    ("E31", "high", "US: under 12", "left", 0),
]


def _counted(row: pd.Series) -> str:
    """What a row counts."""
    if row["kind"] == "attrition claim":
        return _FLOW
    if "core" in row["group"]:
        return _CORE
    if "family" in row["group"] or row["kind"] == "observation":
        return _WIDER
    return _MEMBERS


def _rows(raw: pd.DataFrame) -> pd.DataFrame:
    """The rows about Al-Qaida in Afghanistan that give at least one bound."""
    group = raw["group"].str.startswith("Al-Qaida") & ~raw["group"].str.contains("hard-core")
    area = raw["area"].str.contains(_AREA) & ~raw["area"].str.contains("and Pakistan")
    camp = raw["kind"].eq("observation")
    bounded = raw["low"].notna() | raw["high"].notna()
    rows = raw[group & (area | camp) & bounded].copy()
    rows["counted"] = rows.apply(_counted, axis=1)
    parts = rows["as_of"].str.split("-", expand=True).astype("Float64")
    # A year alone stands at its middle, a month at its own.
    month = parts[1].fillna(7)
    rows["at"] = (parts[0] + (month - 0.5) / 12).astype(float)
    rows["at"] += rows.groupby("at").cumcount() * _APART
    return rows


def _labels(rows: pd.DataFrame) -> pd.DataFrame:
    """The words beside the marks, each at one bound of its row."""
    words = pd.DataFrame(_LABELS, columns=["id", "bound", "words", "side", "lift"])
    placed = words.merge(rows[["id", "at", "low", "high"]], on="id", validate="1:1")
    return placed.assign(value=placed["high"].where(placed["bound"] == "high", placed["low"]))


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in words; an open bound stays open."""
    bounds = rows[["low", "high"]].astype("Int64").astype("string").fillna("not given")
    return pd.DataFrame(
        {
            "Row": rows["id"],
            "About": rows["as_of"],
            "Low": bounds["low"],
            "High": bounds["high"],
            "Words that set the bounds": rows["bound_text"],
            "Counted": rows["counted"],
            "Group and area": rows["group"] + ", " + rows["area"],
            "Issuer": rows["issuer"],
        }
    )


def draw(tables: Tables) -> Figure:
    """Draw each estimate as a bar between its bounds, a point, or an arrow from its one bound.

    Args:
        tables: the course's tables; reads `estimates_over_time/estimates.csv`.

    Returns:
        Estimates by the date that they are about, on a logarithmic scale of persons.
    """
    rows = _rows(tables.read(_TABLE))
    below = rows[rows["low"].isna()].assign(end=lambda d: d["high"] / _REACH)
    above = rows[rows["high"].isna()].assign(end=lambda d: d["low"] * _REACH)
    ranges = rows[rows["low"].lt(rows["high"])]
    marks = pd.concat(
        [
            rows[rows["high"].notna()].assign(value=lambda d: d["high"]),
            rows[rows["low"].notna()].assign(value=lambda d: d["low"]),
        ]
    ).drop_duplicates(["id", "value"])
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[2000.5, 2026.5], zero=False, nice=False),
        axis=alt.Axis(format="d", values=[2001, 2005, 2010, 2015, 2020, 2023], grid=False),
    )
    persons = alt.Scale(type="log", domain=[5, 6000], nice=False)
    ticks = [10, 30, 100, 300, 1000, 3000]
    y = alt.Y(
        "value:Q",
        title="persons, logarithmic scale",
        scale=persons,
        axis=alt.Axis(values=ticks, format=",d"),
    )
    kinds = list(_SHAPES)
    hues = alt.Scale(domain=kinds, range=[_COLOURS[kind] for kind in kinds])
    legend = alt.Legend(title=None, orient="top", columns=2, labelLimit=300, symbolSize=90)
    colour = alt.Color("counted:N", scale=hues, legend=legend)
    shape = alt.Shape(
        "counted:N",
        scale=alt.Scale(domain=kinds, range=[_SHAPES[kind] for kind in kinds]),
        legend=legend,
    )

    def line(data: pd.DataFrame, start: str, end: str) -> alt.Chart:
        start_y = alt.Y(f"{start}:Q", scale=persons)
        rules = alt.Chart(data).mark_rule(strokeWidth=2)
        drawn: alt.Chart = rules.encode(x=x, y=start_y, y2=end, color=colour)
        return drawn

    def head(data: pd.DataFrame, form: str) -> alt.Chart:
        points = alt.Chart(data).mark_point(shape=form, filled=True, size=70, opacity=1)
        drawn: alt.Chart = points.encode(x=x, y=alt.Y("end:Q", scale=persons), color=colour)
        return drawn

    def words(label: pd.Series) -> alt.Chart:
        left = label["side"] == "left"
        text = alt.Chart(pd.DataFrame([label[["at", "value", "words"]]])).mark_text(
            align="right" if left else "left",
            dx=-10 if left else 10,
            dy=label["lift"],
            fontSize=13,
        )
        drawn: alt.Chart = text.encode(x=x, y=y, text="words:N")
        return drawn

    chart = alt.layer(
        line(ranges, "low", "high"),
        line(below, "high", "end"),
        line(above, "low", "end"),
        head(below, "triangle-down"),
        head(above, "triangle-up"),
        alt.Chart(marks)
        .mark_point(filled=True, size=80, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape),
        *(words(label) for _, label in _labels(rows).iterrows()),
    ).properties(width=570, height=400)
    note = (
        "A bar joins the two bounds of an estimate. An arrow starts at the one bound that was "
        "given and points to where no bound was given; its length means nothing. Marks of one "
        "month stand side by side. The scale is logarithmic: equal steps multiply by the same "
        "number. Left out: rows without a number, rows on other groups alone or on Pakistan, "
        "and one row that counts Taliban too. The UN estimate of 2021 has a lower bound in words, "
        "'several dozen'; the table leaves it open."
    )
    return Figure(chart=chart, table=_shown(rows), note=note)
