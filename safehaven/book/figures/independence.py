"""How few origins stand behind many reports: reports, apparent origins and true ones."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Figure, Tables

_STORIES = {
    "crane": "The crane was damaged",
    "leak": "Fuel had leaked",
    "stoppage": "The pilots stopped work",
    "ship": "A ship was held",
}
_REPORTS = "reports"
_APPARENT = "reports that name no other report"
_TRUE = "true origins"
_ORDER = [_REPORTS, _APPARENT, _TRUE]


def _counts(reports: pd.DataFrame) -> pd.DataFrame:
    """Count for each story the reports, those that cite none, and the origins behind them."""
    stories = reports.groupby("story")
    counts = pd.DataFrame(
        {
            _REPORTS: stories.size(),
            _APPARENT: stories["cites"].agg(lambda cites: int(cites.isna().sum())),
            _TRUE: stories["origin"].nunique(),
        }
    ).loc[list(_STORIES)]
    counts.index = pd.Index([_STORIES[story] for story in counts.index], name="story")
    return counts


def draw(tables: Tables) -> Figure:
    """Draw for each invented story three counts on one line.

    Args:
        tables: the course's tables; reads `reports_invented/reports.csv`.

    Returns:
        A circle, a triangle and a square for each story, with their numbers.
    """
    reports = tables.read("reports_invented/reports.csv", dtype="string")
    counts = _counts(reports)
    points = counts.reset_index().melt(id_vars="story", var_name="what", value_name="number")
    # All four lines have their marks in the same order, so one height serves for all numbers.
    y = alt.Y(
        "story:N",
        sort=list(_STORIES.values()),
        title=None,
        axis=alt.Axis(ticks=False, domain=False),
    )
    x = alt.X(
        "number:Q",
        title="number",
        scale=alt.Scale(domain=[0, 15]),
        axis=alt.Axis(values=[0, 5, 10, 15], format="d"),
    )
    spans = counts.reset_index()[["story", _REPORTS, _TRUE]]
    spans.columns = pd.Index(["story", "last", "first"])
    lines = (
        alt.Chart(spans)
        .mark_rule(strokeWidth=2, opacity=0.6, color=GREY)
        .encode(x="first:Q", x2="last:Q", y=y)
    )
    marks = (
        alt.Chart(points)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "what:N",
                scale=alt.Scale(domain=_ORDER, range=[GREY, ORANGE, BLUE]),
                legend=alt.Legend(title=None, orient="top", labelLimit=360),
            ),
            shape=alt.Shape(
                "what:N",
                scale=alt.Scale(domain=_ORDER, range=["circle", "triangle-up", "square"]),
            ),
        )
    )
    numbers = (
        alt.Chart(points).mark_text(dy=-16, fontSize=13).encode(x="number:Q", y=y, text="number:Q")
    )
    chart = alt.layer(lines, marks, numbers).properties(
        width=640,
        height=alt.Step(52),
        # 640 px with the names, so that the words keep their size on a page.
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    shown = counts.copy()
    shown.loc["All four stories"] = counts.sum()
    shown = shown.reset_index(names="Story").rename(
        columns={
            _REPORTS: "Reports",
            _APPARENT: "Reports that name no other report",
            _TRUE: "True origins",
        }
    )
    note = "The reports are invented, so that their true origins are known."
    return Figure(chart=chart, table=shown, note=note)
