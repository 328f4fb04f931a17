"""The events of 1973 to 1994, each as long as its date is uncertain."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, ORANGE, Figure, Tables

_LAST = "1994-11-05"
_STRANDS = {"history": "History", "haqqani": "Haqqani"}
_DOMAIN, _COLOURS = list(_STRANDS.values()), [BLUE, ORANGE]
#: Periods in pandas' words; a decade is ten years from the one that ends in 0.
_PERIODS = {"day": "D", "month": "M", "year": "Y"}


def _bounds(date: str, precision: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day that the event can have had."""
    if precision == "decade":
        decade = int(date[:4]) // 10 * 10
        return pd.Timestamp(decade, 1, 1), pd.Timestamp(decade + 9, 12, 31)
    period = pd.Period(date, _PERIODS[precision])
    return period.start_time.normalize(), period.end_time.normalize()


def _events(timeline: pd.DataFrame) -> pd.DataFrame:
    """Give the events to November 1994 with their bounds, in the order of the timeline."""
    events = timeline[timeline["date"] <= _LAST].reset_index(drop=True)
    bounds = [
        _bounds(date, precision)
        for date, precision in zip(events["date"], events["precision"], strict=True)
    ]
    events["first"] = [first for first, _ in bounds]
    events["last"] = [last for _, last in bounds]
    # The bar of a month is thinner than a line; its end is moved for the eye only.
    events["end"] = events["last"].where(
        events["precision"] != "month", events["last"] + pd.Timedelta(days=60)
    )
    events["strand"] = events["strand"].map(_STRANDS)
    haqqani = events["strand"] == _STRANDS["haqqani"]
    events["label"] = events["precision"].where(~haqqani, events["precision"] + " (Haqqani)")
    return events


def _shown(events: pd.DataFrame) -> pd.DataFrame:
    """The table behind the figure, in words."""
    return pd.DataFrame(
        {
            "Event": events["title"],
            "Date": events["date"],
            "Known to the": events["precision"],
            "First possible day": events["first"].dt.strftime("%Y-%m-%d"),
            "Last possible day": events["last"].dt.strftime("%Y-%m-%d"),
            "Strand": events["strand"],
        }
    )


def draw(tables: Tables) -> Figure:
    """Draw the events of lesson 1, with the precision of each date shown.

    Args:
        tables: the course's tables; reads `facts/timeline.csv`.

    Returns:
        A row for each event: a bar over all days that it can have had, or a mark for one day.
    """
    events = _events(tables.read("facts/timeline.csv", dtype="string"))
    y = alt.Y(
        "title:N",
        sort=list(events["title"]),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, grid=True),
    )
    x = alt.X(
        "first:T",
        title=None,
        scale=alt.Scale(domain=["1972-06-01", "1999-12-31"]),
        axis=alt.Axis(format="%Y", values=[f"{year}-01-01" for year in range(1975, 1996, 5)]),
    )
    scale = alt.Scale(domain=_DOMAIN, range=_COLOURS)
    exact = events["precision"] == "day"
    # Bars in outline, and a word, mark the Haqqani strand: nothing depends on colour.
    bars = alt.Chart(events[~exact]).mark_bar(height=12, strokeWidth=2)
    days = alt.Chart(events[exact]).mark_point(shape="diamond", size=130, filled=True, opacity=1)
    words = alt.Chart(events).mark_text(align="left", dx=9, fontSize=13)
    chart = alt.layer(
        bars.encode(
            x=x,
            x2="end:T",
            y=y,
            color=alt.Color("strand:N", scale=scale, legend=None),
            stroke=alt.Stroke("strand:N", scale=scale, legend=None),
            fillOpacity=alt.FillOpacity(
                "strand:N", scale=alt.Scale(domain=_DOMAIN, range=[1, 0.12]), legend=None
            ),
        ),
        days.encode(x=x, y=y, color=alt.Color("strand:N", scale=scale, legend=None)),
        words.encode(x=alt.X("end:T"), y=y, text="label:N"),
    ).properties(
        width=620,
        height=alt.Step(27),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    note = (
        "A bar covers every day on which the event can have begun; an outlined one belongs to the "
        "Haqqani strand. The order of the rows is that "
        "of the timeline; where bars overlap, the order of the events is open."
    )
    return Figure(chart=chart, table=_shown(events), note=note)
