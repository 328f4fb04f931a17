"""What Al-Qaida did, what was demanded of the Taliban and what they decided, 1996 to 2001."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Figure, Tables

_ACT = "Al-Qaida acts"
_DEMAND = "Pressure"
_DECISION = "Taliban decide"
_KINDS = [_ACT, _DEMAND, _DECISION]
#: The events of the timeline that belong to the quarrel over bin Laden, and their kind.
_EVENTS = {
    "First public declaration against the US": _ACT,
    "CNN interview and move to Kandahar": _DECISION,
    "World Islamic Front statement": _ACT,
    "Prince Turki meets Mullah Omar": _DEMAND,
    "US embassy bombings in East Africa": _ACT,
    "US cruise missile strikes": _DEMAND,
    "Saudi-Taliban break over bin Laden": _DECISION,
    "UN Security Council resolution 1267": _DEMAND,
    "USS Cole attacked at Aden": _ACT,
    "UN Security Council resolution 1333": _DEMAND,
    "Ahmad Shah Massoud assassinated": _ACT,
    "Attacks on the United States": _ACT,
    "Afghan clerics advise bin Laden to leave": _DECISION,
    "Taliban reject the US ultimatum": _DECISION,
    "US-led campaign begins": _DEMAND,
}


def _events(timeline: pd.DataFrame) -> pd.DataFrame:
    """Give the chosen events with their kind, in the order of the timeline.

    Raises:
        ValueError: the timeline lacks one of them.
    """
    missing = sorted(set(_EVENTS) - set(timeline["title"]))
    if missing:
        raise ValueError(f"facts/timeline.csv has no event titled {missing[0]!r}")
    events = timeline[timeline["title"].isin(_EVENTS.keys())].reset_index(drop=True)
    events["kind"] = events["title"].map(_EVENTS)
    # A month is drawn at its middle; the table says that it is a month.
    shown = events["date"].where(events["precision"] == "day", events["date"] + "-15")
    events["at"] = pd.to_datetime(shown)
    events["row"] = events["date"] + "  " + events["title"]
    return events


def draw(tables: Tables) -> Figure:
    """Draw the events of the quarrel over bin Laden in time, by kind.

    Args:
        tables: the course's tables; reads `facts/timeline.csv`.

    Returns:
        A row for each event with a mark whose shape and colour tell its kind.
    """
    events = _events(tables.read("facts/timeline.csv", dtype="string"))
    y = alt.Y(
        "row:N",
        sort=list(events["row"]),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, grid=True, labelLimit=400),
    )
    x = alt.X(
        "at:T",
        title=None,
        scale=alt.Scale(domain=["1996-05-01", "2002-01-31"]),
        axis=alt.Axis(format="%Y", values=[f"{year}-01-01" for year in range(1997, 2003)]),
    )
    legend = alt.Legend(title=None, orient="top", labelLimit=300)
    chart = (
        alt.Chart(events)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=_KINDS, range=[GREY, ORANGE, BLUE]),
                legend=legend,
            ),
            shape=alt.Shape(
                "kind:N",
                scale=alt.Scale(domain=_KINDS, range=["triangle-up", "square", "circle"]),
            ),
        )
        .properties(
            width=640,
            height=alt.Step(25),
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        )
    )
    table = pd.DataFrame(
        {
            "Date": events["date"],
            "Known to the": events["precision"],
            "Event": events["title"],
            "Kind": events["kind"],
        }
    )
    note = (
        "The kinds are the course's reading. The meeting of June 1998 is entered as pressure, the "
        "break of September 1998 as a decision; both rest on Prince Turki's account."
    )
    return Figure(chart=chart, table=table, note=note)
