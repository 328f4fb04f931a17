"""When the UN and the United States listed the same group: two dates a group, and the gap."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, ORANGE, Figure, Tables

_UN = "UN sanctions list"
_US = "US list of Foreign Terrorist Organizations"
#: Names as the course spells them; the table keeps the spelling of the lists.
_NAMES = {
    "Haqqani Network": "Haqqani network",
    "Tehrik-e Taliban Pakistan": "TTP (Pakistani Taliban)",
    "Al-Qaida in the Indian Subcontinent (AQIS)": "AQIS",
    "Taliban (Afghan)": "Taliban",
}


def _gap_in_words(days: int) -> str:
    """`47` becomes 'UN 47 days later'; spans over three months are given in months."""
    side = "UN" if days > 0 else "US"
    size = abs(days)
    if size <= 92:
        return f"{side} {size} days later"
    return f"{side} {round(size / 30.44)} months later"


def _pairs(raw: pd.DataFrame) -> pd.DataFrame:
    """Keep the groups with a full date on both lists, longest UN delay first."""
    both = pd.DataFrame(
        {
            "group": raw["group"].replace(_NAMES),
            "un": pd.to_datetime(raw["un_listed_on"], format="%Y-%m-%d", errors="coerce"),
            "us": pd.to_datetime(raw["us_fto_date"], format="%Y-%m-%d", errors="coerce"),
        }
    ).dropna()
    both["days"] = (both["un"] - both["us"]).dt.days
    both["gap"] = both["days"].map(_gap_in_words)
    both["first"] = both[["un", "us"]].min(axis=1)
    both["last"] = both[["un", "us"]].max(axis=1)
    return both.sort_values("days", ascending=False)


def _shown(raw: pd.DataFrame) -> pd.DataFrame:
    """Give the whole table in words, with the two bodies that have one date only."""
    pairs = _pairs(raw).set_index("group")
    names = raw["group"].replace(_NAMES)
    days = names.map(pairs["days"]).astype("Int64").astype("string")
    dated = raw["un_listed_on"].str.extract(r"^(\d{4}-\d{2}-\d{2})", expand=False)
    shown = pd.DataFrame(
        {
            "Group": names,
            "UN reference": raw["un_ref"],
            "UN listed on": dated,
            "US designated on": raw["us_fto_date"],
            "Days from US to UN date": days,
        }
    )
    return shown.fillna("–")


def draw(tables: Tables) -> Figure:
    """Draw the dates of both lists for each group that stands on both.

    Args:
        tables: the course's tables; reads `designation_dates/designations.csv`.

    Returns:
        A mark for each date, joined by a line, with the gap written beside it.
    """
    raw = tables.read("designation_dates/designations.csv", dtype="string")
    pairs = _pairs(raw)
    order = list(pairs["group"])
    points = pairs.melt(
        id_vars=["group"], value_vars=["un", "us"], var_name="list", value_name="date"
    )
    points["list"] = points["list"].map({"un": _UN, "us": _US})
    x = alt.X(
        "date:T",
        title=None,
        scale=alt.Scale(domain=["1997-01-01", "2013-06-01"]),
        axis=alt.Axis(format="%Y", tickCount=5, grid=True),
    )
    y = alt.Y("group:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False))
    lines = alt.Chart(pairs).mark_rule(strokeWidth=2, opacity=0.6, color="#7d7d7d")
    # Outlines of two sizes: where the dates lie close, the square shows inside the circle.
    dots = alt.Chart(points).mark_point(filled=False, strokeWidth=3, opacity=1)
    # Late pairs have their words on the left, where there is room.
    late = pairs["un"].dt.year >= 2009
    after = alt.Chart(pairs[~late]).mark_text(align="left", dx=14, fontSize=13)
    before = alt.Chart(pairs[late]).mark_text(align="right", dx=-12, fontSize=13)
    chart = alt.layer(
        lines.encode(x=alt.X("us:T"), x2="un:T", y=y),
        dots.encode(
            x=x,
            y=y,
            color=alt.Color(
                "list:N",
                scale=alt.Scale(domain=[_US, _UN], range=[ORANGE, BLUE]),
                legend=alt.Legend(title=None, orient="top", labelLimit=360),
            ),
            shape=alt.Shape(
                "list:N", scale=alt.Scale(domain=[_US, _UN], range=["square", "circle"])
            ),
            size=alt.Size(
                "list:N", scale=alt.Scale(domain=[_US, _UN], range=[60, 230]), legend=None
            ),
        ),
        after.encode(x=alt.X("last:T"), y=y, text="gap:N"),
        before.encode(x=alt.X("first:T"), y=y, text="gap:N"),
    ).properties(
        width=640,
        height=alt.Step(34),
        # 640 px with the names, so that the words keep their size on a page.
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    note = (
        "A date is that of the entry in force: the UN date from the copy of its list of "
        "2 August 2025, the US date from copies of the State Department's list. AQIS has no "
        "entry of its own on the UN copy, and its US date is known here to the month only. The "
        "Taliban as a body are not on this US list; 12 April 2000 is the earliest listing date "
        "of a person still on the UN's Taliban list."
    )
    return Figure(chart=chart, table=_shown(raw), note=note)
