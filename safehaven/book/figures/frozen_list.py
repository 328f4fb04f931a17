"""How many entries' comments changed between dated copies of the two UN lists."""

from __future__ import annotations

from itertools import pairwise

import altair as alt
import pandas as pd

from safehaven.book.figures import BLUE, ORANGE, Figure, Tables

_TABLE = "un_sanctions/snapshots.csv"
#: The first letters of a reference tell the list.
_LISTS = {"QD": "Al-Qaida and ISIL list", "TA": "Taliban list"}
_TALIBAN = _LISTS["TA"]


def _changes(copies: pd.DataFrame) -> pd.DataFrame:
    """One row a pair of neighbouring copies and list.

    Entries are compared by reference. Those that stand in one of the two copies only are
    counted apart: to come or to go is not a change of the comment.
    """
    rows = []
    for earlier, later in pairwise(sorted(copies["snapshot"].unique())):
        before = copies[copies["snapshot"] == earlier].set_index("ref")
        after = copies[copies["snapshot"] == later].set_index("ref")
        for prefix, name in _LISTS.items():
            old = before.loc[before.index.str.startswith(prefix), "comment_sha1"]
            new = after.loc[after.index.str.startswith(prefix), "comment_sha1"]
            both = old.index.intersection(new.index)
            rows.append(
                {
                    "from": earlier,
                    "to": later,
                    "list": name,
                    "in_both": len(both),
                    "changed": int((old[both] != new[both]).sum()),
                    "added": len(new.index.difference(old.index)),
                    "removed": len(old.index.difference(new.index)),
                }
            )
    return pd.DataFrame(rows)


def _in_words(date: str) -> str:
    """`2015-03-27` becomes 'Mar 2015'."""
    return pd.Timestamp(date).strftime("%b %Y")


def _shown(changes: pd.DataFrame) -> pd.DataFrame:
    """The table with column names in words."""
    return changes.rename(
        columns={
            "from": "Earlier copy",
            "to": "Later copy",
            "list": "List",
            "in_both": "Entries in both copies",
            "changed": "Comments changed",
            "added": "Entries added",
            "removed": "Entries removed",
        }
    )


def draw(tables: Tables) -> Figure:
    """Draw the changed comments between neighbouring copies, for both lists.

    Args:
        tables: the course's tables; reads `un_sanctions/snapshots.csv`.

    Returns:
        Two bars for each pair of copies, with 'changed of compared' beside them.
    """
    changes = _changes(tables.read(_TABLE, dtype="string"))
    data = changes.assign(
        span=changes["from"].map(_in_words) + " to " + changes["to"].map(_in_words),
        words=changes["changed"].astype(str) + " of " + changes["in_both"].astype(str),
        place=changes["list"].eq(_TALIBAN).map({True: "b", False: "a"}),
    )
    data["words"] = data["list"].str.replace(" list", "") + ": " + data["words"]
    spans = list(data["span"].unique())
    room = int(data["changed"].max()) + 200
    base = alt.Chart(data).encode(
        x=alt.X("changed:Q", title=None, axis=None, scale=alt.Scale(domain=[0, room])),
        y=alt.Y(
            "span:N",
            sort=spans,
            title=None,
            scale=alt.Scale(paddingInner=0.28),
            axis=alt.Axis(ticks=False, domain=False, labelPadding=6),
        ),
        yOffset=alt.YOffset("place:N"),
    )
    names = list(_LISTS.values())
    bars = base.mark_bar(minBandSize=2).encode(
        color=alt.Color("list:N", scale=alt.Scale(domain=names, range=[BLUE, ORANGE]), legend=None)
    )
    words = base.mark_text(align="left", dx=6, fontSize=13).encode(text="words:N")
    chart = alt.layer(bars, words).properties(
        width=600,
        height=alt.Step(22),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
    note = (
        "Entries are matched by their reference; a comment counts as changed when its fingerprint "
        "in the table differs. A fingerprint shows that a text changed, not what changed: a note "
        "that a review was concluded counts like a new fact. Entries that came or went between "
        "two copies are counted apart. Dated copies, not the list in force."
    )
    return Figure(chart=chart, table=_shown(changes), note=note)
