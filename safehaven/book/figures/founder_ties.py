"""The documented ties of Jalaluddin Haqqani, by kind, with the first year and the grade."""

from __future__ import annotations

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, GREY, ORANGE, Figure, Tables

_FOUNDER = "jalaluddin_haqqani"
#: The kinds as a reader meets them, in the order of the figure from top to bottom.
_KINDS = {
    "kinship": "kin",
    "state support": "patron",
    "operational cooperation": "guest",
    "command/membership": "rank",
}
#: Words of the table's notes that the names on the axis shall carry.
_WORDS = {
    "father": "son",
    "brother": "brother",
}
_NAMES = {
    "hezbi_islami_khalis": "Hezb-i Islami (Khalis)",
    "haqqani_network": "Haqqani network",
    "taliban": "Taliban",
    "osama_bin_laden": "bin Laden",
    "isi": "ISI",
    "cia": "CIA",
}
_GRADES = {"A": "A: official record", "B": "B: several reports"}
#: Where the marks without a year stand: a column of its own, left of the first year.
_NO_YEAR, _FIRST, _LAST = 1968, 1976, 2020


def _name(row: pd.Series) -> str:
    """What the axis says: `kin: Anas Haqqani (son)`."""
    other = row["target_id"] if row["source_id"] == _FOUNDER else row["source_id"]
    name = _NAMES.get(other, str(other).replace("_", " ").title())
    role = _WORDS.get(str(row["note"]))
    return f"{_KINDS[row['tie_type']]}: {name}" + (f" ({role})" if role else "")


def _rows(raw: pd.DataFrame) -> pd.DataFrame:
    """The founder's own ties, kind by kind and year by year."""
    own = raw[(raw["source_id"] == _FOUNDER) | (raw["target_id"] == _FOUNDER)].copy()
    own["name"] = own.apply(_name, axis=1)
    own["grade"] = own["evidence_grade"].map(_GRADES)
    own["kind"] = own["tie_type"].map({kind: i for i, kind in enumerate(_KINDS)})
    own["at"] = own["start_year"].fillna(_NO_YEAR)
    return own.sort_values(["kind", "at", "name"]).reset_index(drop=True)


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in words."""
    years = rows[["start_year", "end_year"]].astype("Int64").astype("string").fillna("–")
    return pd.DataFrame(
        {
            "Tie": rows["name"],
            "Kind in the table": rows["tie_type"],
            "First year": years["start_year"],
            "Last year": years["end_year"],
            "Grade": rows["evidence_grade"],
            "Note": rows["note"],
        }
    )


def draw(tables: Tables) -> Figure:
    """Draw each tie as a mark at its first documented year, with a line to its last one.

    Args:
        tables: the course's tables; reads `facts/ties.csv`.

    Returns:
        A row for each tie; ties without a year stand in a column of their own.
    """
    rows = _rows(tables.read("facts/ties.csv"))
    order = list(rows["name"])
    y = alt.Y(
        "name:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, grid=False, labelLimit=240),
    )
    years = [1980, 1990, 2000, 2010, 2020]
    # Every layer names the scale: a layer without one would pull the axis down to the year 0.
    scale = alt.Scale(domain=[_NO_YEAR - 3.5, _LAST + 3], zero=False, nice=False)
    at = alt.X("at:Q", scale=scale)
    x = alt.X(
        "at:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(
            values=[_NO_YEAR, *years],
            labelExpr=f"datum.value < {_FIRST} ? 'no year' : format(datum.value, 'd')",
            labelFlush=False,
            grid=False,
        ),
    )
    border = pd.DataFrame({"at": [_NO_YEAR + 3.5]})
    dated = rows[rows["start_year"].notna()]
    closed = dated[dated["end_year"].notna()]
    open_end = dated[dated["end_year"].isna()].assign(until=lambda d: d["start_year"] + 6)
    grade = alt.Scale(domain=list(_GRADES.values()), range=[BLUE, ORANGE])
    shape = alt.Scale(domain=list(_GRADES.values()), range=["circle", "square"])
    legend = alt.Legend(title=None, orient="top", labelLimit=300)
    chart = alt.layer(
        alt.Chart(border).mark_rule(strokeDash=[2, 3], color=GREY).encode(x=at),
        alt.Chart(closed).mark_rule(strokeWidth=2, color=GREY).encode(x=at, x2="end_year:Q", y=y),
        alt.Chart(open_end)
        .mark_rule(strokeWidth=2, color=GREY, strokeDash=[5, 3])
        .encode(x=at, x2="until:Q", y=y),
        alt.Chart(open_end)
        .mark_point(shape="triangle-right", filled=True, size=70, color=GREY, opacity=1)
        .encode(x=alt.X("until:Q", scale=scale), y=y),
        alt.Chart(dated)
        .mark_text(align="right", dx=-9, fontSize=13)
        .encode(x=at, y=y, text=alt.Text("start_year:Q", format="d")),
        alt.Chart(rows)
        .mark_point(filled=True, size=90, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color("grade:N", scale=grade, legend=legend),
            shape=alt.Shape("grade:N", scale=shape, legend=legend),
        ),
    ).properties(
        width=620,
        height=alt.Step(27),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    note = (
        "A mark stands at the year in which the tie is first documented, which need not be the "
        "year in which it began. A line ends at the last year in the table; an arrow means that "
        "the table has no last year. The grade judges the record, not the truth: A is an "
        "official record, B several independent or strong reports. Two ties of his network, "
        "not of his person, are left out: to bin Laden as host and to Al-Qaida as ally, both "
        "first documented for 1987."
    )
    return Figure(chart=chart, table=_shown(rows), note=note)
