"""Tables that stay tables for a screen reader where a narrow screen stacks their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safehaven.render.markup import tag


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes:
        name: its heading, and what stands before the cell where cells are stacked.
        look: the class of its cells.
    """

    name: str
    look: str = ""


def table(
    columns: Sequence[Column],
    rows: Iterable[tuple[str, Sequence[str]]],
    *,
    label: str,
) -> str:
    """A table whose first column heads its rows.

    Args:
        columns: of the table.
        rows: for each the id of the row, which may be empty, and its cells as HTML.
        label: the id of what names the table.
    """
    heads = "".join(
        tag("th", column.name, role="columnheader", scope="col", class_=column.look or None)
        for column in columns
    )
    head = tag("thead", tag("tr", heads, role="row"), role="rowgroup")
    body = tag("tbody", *(_row(columns, id_, cells) for id_, cells in rows), role="rowgroup")
    return tag("table", head, body, role="table", aria_labelledby=label)


def _row(columns: Sequence[Column], id_: str, cells: Sequence[str]) -> str:
    first = tag("th", cells[0], role="rowheader", scope="row", class_=columns[0].look or None)
    rest = (
        tag("td", cell, role="cell", class_=column.look or None, data_name=column.name)
        for column, cell in zip(columns[1:], cells[1:], strict=True)
    )
    return tag("tr", first, *rest, role="row", id=id_ or None)
