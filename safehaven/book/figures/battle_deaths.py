"""Battle-related deaths by year for three pairs of fighting sides, with low, best and high."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, ORANGE, Figure, Tables

_TABLE = "ucdp/ucdp_brd_afpak_three_vintages.csv"
_VERSION = "24.1"
_FIRST, _LAST = 2001, 2023
#: The pairs as the data spell them, and as a reader meets them.
_DYADS = {
    ("Government of Afghanistan", "Taleban"): "Government of Afghanistan and the Taliban",
    ("Government of Afghanistan", "IS"): "Government of Afghanistan and the Islamic State",
    ("Government of United States of America", "al-Qaida"): "United States and Al-Qaida",
}


def _rows(raw: pd.DataFrame) -> pd.DataFrame:
    """The rows of one version, of the three pairs and of the years shown."""
    chosen = raw[(raw["version"] == _VERSION) & raw["year"].between(_FIRST, _LAST)].copy()
    pairs = zip(chosen["side_a"], chosen["side_b"], strict=True)
    chosen["dyad"] = [_DYADS.get(pair, "") for pair in pairs]
    return chosen[chosen["dyad"] != ""]


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in words, pair by pair."""
    order = {name: i for i, name in enumerate(_DYADS.values())}
    rows = rows.sort_values(["dyad", "year"], key=lambda c: c.map(order) if c.name == "dyad" else c)
    return pd.DataFrame(
        {
            "Pair of sides": rows["dyad"],
            "Year": rows["year"],
            "Low": rows["bd_low"],
            "Best": rows["bd_best"],
            "High": rows["bd_high"],
            "Where the deaths were": rows["battle_location"],
        }
    ).reset_index(drop=True)


def _panel(rows: pd.DataFrame, dyad: str, *, last: bool) -> alt.LayerChart | alt.FacetChart:
    """One pair: a bar from low to high for each year, a cross line at the best estimate."""
    axis = alt.Axis(
        labelAngle=0,
        labels=last,
        ticks=False,
        domain=True,
        labelExpr="(+datum.label) % 2 ? datum.label : ''",
    )
    x = alt.X(
        "year:O", title=None, axis=axis, scale=alt.Scale(domain=list(range(_FIRST, _LAST + 1)))
    )
    y_axis = alt.Axis(tickCount=4, format=",d")
    y = alt.Y("bd_low:Q", title=None, scale=alt.Scale(zero=True), axis=y_axis)
    base = alt.Chart(rows[rows["dyad"] == dyad])
    bars = base.mark_bar(color=BLUE, opacity=0.6, width=12).encode(x=x, y=y, y2="bd_high:Q")
    best = base.mark_tick(color=ORANGE, thickness=3, width=18, opacity=1).encode(
        x=x, y=alt.Y("bd_best:Q")
    )
    return alt.layer(bars, best).properties(width=530, height=150, title=dyad)


def draw(tables: Tables) -> Figure:
    """Draw three panels, each with a scale of its own.

    Args:
        tables: the course's tables; reads version 24.1 of the Uppsala battle-related deaths.

    Returns:
        A bar from the low to the high estimate for each pair and year, a line at the best one.
    """
    rows = _rows(tables.read(_TABLE, dtype={"version": "string"}))
    names = list(_DYADS.values())
    panels = [_panel(rows, name, last=name == names[-1]) for name in names]
    chart = alt.vconcat(*panels, spacing=14)
    note = (
        "Each panel has its own scale. Bar: from the low to the high estimate; line across: the "
        "best estimate. A year without a bar has no entry: fewer than 25 deaths are on record for "
        "that pair, which is not the same as none. 'Government of Afghanistan' is the Islamic "
        "Republic until August 2021 and the Taliban after it. The deaths between the United "
        "States and Al-Qaida fell in several countries. Fighting between the Taliban and the "
        "Islamic State before August 2021 was between two armed groups and is not in this table."
    )
    return Figure(chart=chart, table=_shown(rows), note=note)
