"""What became of the paper's statements: verdicts for facts, assessments and forecasts apart."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, Figure, Tables

_TABLE = "facts/claims.csv"
_VERDICTS = ["confirmed", "partly", "contested", "contradicted", "not verifiable"]
#: Kinds of the table, in the order of time they speak of, in words.
_KINDS = {
    "historical fact": "About the past",
    "current assessment 2021": "About 2021",
    "forecast": "Forecasts",
}


def _counts(claims: pd.DataFrame) -> pd.DataFrame:
    """One row a kind and verdict, zeros included, with the size of the kind."""
    table = pd.crosstab(claims["kind"], claims["check"])
    table = table.reindex(index=list(_KINDS), columns=_VERDICTS, fill_value=0)
    long = table.reset_index().melt(id_vars="kind", var_name="verdict", value_name="count")
    long["of"] = long["kind"].map(table.sum(axis=1))
    long["panel"] = long["kind"].map(_KINDS) + " (" + long["of"].astype(str) + ")"
    return long


def _shown(counts: pd.DataFrame) -> pd.DataFrame:
    """Verdicts as rows and kinds as columns, with sums."""
    shown = counts.pivot(index="verdict", columns="panel", values="count")
    shown = shown.loc[_VERDICTS, list(counts["panel"].unique())]
    shown.columns.name = None
    shown[f"All ({int(shown.to_numpy().sum())})"] = shown.sum(axis=1)
    return shown.reset_index().rename(columns={"verdict": "Verdict"})


def draw(tables: Tables) -> Figure:
    """Draw how many of the paper's statements got each verdict, by kind of statement.

    Args:
        tables: the course's tables; reads `facts/claims.csv`.

    Returns:
        Three panels of bars on one scale, with the number at the end of each bar.
    """
    counts = _counts(tables.read(_TABLE, dtype="string"))
    panels = list(counts["panel"].unique())
    most = int(counts["count"].max())
    base = alt.Chart(counts).encode(
        x=alt.X("count:Q", title=None, scale=alt.Scale(domain=[0, most + 3]), axis=None),
        y=alt.Y(
            "verdict:N",
            sort=_VERDICTS,
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelPadding=6),
        ),
    )
    # Forecasts are dark and outlined, so that they stand out without colour too.
    is_forecast = alt.datum.kind == "forecast"
    bars = base.mark_bar(height=16, strokeWidth=1.5).encode(
        color=alt.condition(is_forecast, alt.value(BLUE), alt.value(GREY)),
        stroke=alt.condition(is_forecast, alt.value(BLUE), alt.value(GREY)),
        fillOpacity=alt.condition(is_forecast, alt.value(1), alt.value(0.45)),
    )
    numbers = base.mark_text(align="left", dx=5, fontSize=13).encode(text="count:Q")
    chart = (
        alt.layer(bars, numbers)
        .properties(width=150, height=alt.Step(26))
        .facet(
            column=alt.Column(
                "panel:N",
                sort=panels,
                title=None,
                header=alt.Header(labelAnchor="start", labelOrient="top"),
            ),
            spacing=12,
        )
    )
    note = (
        "A claim is one checkable statement of the paper; each is counted once. The verdicts are "
        "the course's own and say what public pages showed up to 7 April 2026. A forecast is "
        "judged on its outcome, which is not the same as what could be known in 2021."
    )
    return Figure(chart=chart, table=_shown(counts), note=note)
