"""Ten thousand invented people under four ways of screening: flagged rightly, wrongly, missed."""

from __future__ import annotations

from random import Random
from typing import Any

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Chart, Figure, Tables

_TABLE = "base_rates/scenarios.csv"
#: People stand in rows of a hundred, and a panel is this wide.
_ROW, _SIDE = 100, 290
#: Places of the marked people: any fixed order will do, so that every build draws the same.
_SEED = 12
_RIGHT, _WRONG, _MISSED = "flagged rightly", "flagged wrongly", "missed"
_KINDS = [_RIGHT, _WRONG, _MISSED]


def _counts(raw: pd.DataFrame) -> pd.DataFrame:
    """Add to each scenario the whole people of each kind and the share of right flags."""
    sought = raw["population"] * raw["prevalence"]
    right = sought * raw["sensitivity"]
    wrong = (raw["population"] - sought) * raw["false_positive_rate"]
    counts = raw.assign(sought=sought.round().astype(int), share=right / (right + wrong))
    counts[_RIGHT] = right.round().astype(int)
    counts[_WRONG] = wrong.round().astype(int)
    counts[_MISSED] = counts["sought"] - counts[_RIGHT]
    return counts


def _header(row: pd.Series) -> list[str]:
    """Two lines over a panel: what is done, and what comes of it."""
    share = f"{row['share']:.1%}".replace("%", " %")
    result = f"{row[_RIGHT]} right, {row[_WRONG]} wrong: {share} right"
    return [f"{row['scenario']}: {row['name']}", result]


def _marks(row: pd.Series) -> pd.DataFrame:
    """Give each marked person of a scenario a place among the ten thousand."""
    kinds = [kind for kind in _KINDS for _ in range(row[kind])]
    places = Random(_SEED).sample(range(int(row["population"])), len(kinds))
    return pd.DataFrame(
        {
            "kind": kinds,
            "x": [place % _ROW + 0.5 for place in places],
            "y": [place // _ROW + 0.5 for place in places],
        }
    )


def _axis(end: int) -> dict[str, Any]:
    """The scale along one side of a square; no axis, because a place there means nothing."""
    return {"scale": alt.Scale(domain=[0, end], nice=False), "axis": None}


def _panel(row: pd.Series) -> Chart:
    """Draw one scenario: a square of people, in which only the marked ones are drawn singly."""
    rows = int(row["population"]) // _ROW
    x, y = alt.X("x:Q", **_axis(_ROW)), alt.Y("y:Q", **_axis(rows))
    ground = (
        alt.Chart(pd.DataFrame([{"x": 0, "x2": _ROW, "y": 0, "y2": rows}]))
        .mark_rect(aria=False, fill=GREY, fillOpacity=0.14, stroke=GREY, strokeOpacity=0.5)
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    )
    colours = alt.Scale(domain=_KINDS, range=[BLUE, ORANGE, GREY])
    # Shapes and sizes beside the colours; outlines, so that neighbours stay apart.
    shapes = alt.Scale(domain=_KINDS, range=["circle", "square", "triangle-up"])
    sizes = alt.Scale(domain=_KINDS, range=[81, 25, 81])
    marks = (
        alt.Chart(_marks(row))
        .mark_point(aria=False, strokeWidth=1.6, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color("kind:N", scale=colours, legend=alt.Legend(title=None, orient="top")),
            shape=alt.Shape("kind:N", scale=shapes),
            size=alt.Size("kind:N", scale=sizes, legend=None),
        )
    )
    first, second = _header(row)
    title = alt.TitleParams(
        text=first,
        subtitle=second,
        fontSize=13,
        fontWeight="bold",
        subtitleFontSize=13,
        subtitleColor="currentColor",
        frame="group",
        offset=6,
    )
    return alt.layer(ground, marks).properties(width=_SIDE, height=_SIDE, title=title)


def _shown(counts: pd.DataFrame) -> pd.DataFrame:
    """The scenarios in words, with their parameters and what follows from them."""
    return pd.DataFrame(
        {
            "Scenario": counts["scenario"] + ": " + counts["name"],
            "People screened": counts["population"],
            "Base rate": counts["prevalence"].map("{:.2%}".format),
            "Sensitivity": counts["sensitivity"].map("{:.2%}".format),
            "False positive rate": counts["false_positive_rate"].map("{:.2%}".format),
            "Sought": counts["sought"],
            "Flagged rightly": counts[_RIGHT],
            "Flagged wrongly": counts[_WRONG],
            "Missed": counts[_MISSED],
            "Share of flags that are right": counts["share"].map("{:.2%}".format),
        }
    )


def draw(tables: Tables) -> Figure:
    """Draw what becomes of ten thousand invented people in each scenario.

    Args:
        tables: the course's tables; reads the invented scenarios of screening.

    Returns:
        Four squares of ten thousand people, with a mark for each person flagged or missed.
    """
    counts = _counts(tables.read(_TABLE))
    panels = [_panel(row) for _, row in counts.iterrows()]
    rows = [
        alt.hconcat(*panels[i : i + 2], spacing=20, bounds="flush")
        for i in range(0, len(panels), 2)
    ]
    chart = alt.vconcat(*rows, spacing=20)
    note = (
        "The people are invented. A square holds all who are screened; only those flagged or "
        "missed are drawn singly, at places drawn by lot. Counts are rounded to whole people, "
        "shares are computed before rounding. In C the errors of the two tests are taken to be "
        "independent; in D other people are screened than in A."
    )
    return Figure(chart=chart, table=_shown(counts), note=note)
