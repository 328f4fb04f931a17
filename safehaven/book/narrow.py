"""Redraws a figure for a telephone: names above the rows instead of beside them, views stacked."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

#: Figures that keep their width and scroll: words that collide when they move closer together,
#: and scales that must stand side by side.
WIDE_ONLY = frozenset({"estimates", "yardsticks"})
#: The width of a view in the units of the picture; 360 px of a screen show about 328 of them.
ROWS_WIDTH, NUMBERS_WIDTH = 316, 278
#: How far apart rows stand whose names are written above them, and how far above their middle.
ROW, LIFT = 46, -17
#: The same where numbers stand above the marks, and where a row holds several bars.
ROW_OF_NUMBERS, LIFT_OF_NUMBERS, LIFT_OF_BARS = 66, -35, -31
#: Room between views that stood side by side, for their titles.
BETWEEN = 44

Spec = dict[str, Any]


def narrowed(spec: Spec) -> Spec:
    """A Vega-Lite specification for a narrow screen, with the same data, marks and words.

    Args:
        spec: as Altair writes it; it is not changed.
    """
    narrow = deepcopy(spec)
    _redraw(narrow)
    return narrow


def _redraw(view: Spec) -> None:
    if "hconcat" in view:
        view.update(vconcat=view.pop("hconcat"), spacing=BETWEEN, bounds="full")
    if "vconcat" in view and any("hconcat" in part for part in view["vconcat"]):
        view["spacing"] = BETWEEN
    for part in view.get("vconcat", []):
        _redraw(part)
    if "facet" in view:  # the names of rows in a panel are short and stay beside them
        view["facet"]["row"] = view["facet"].pop("column")
        return
    for encoding in _encodings(view):
        _keep_legend_narrow(encoding)
        _thin_out(encoding.get("x"))
    if "width" in view:
        view.pop("autosize", None)
        has_rows = any(_is_rows(encoding.get("y")) for encoding in _encodings(view))
        view["width"] = ROWS_WIDTH if has_rows else NUMBERS_WIDTH
        if has_rows:
            _write_names_above(view)


def _write_names_above(view: Spec) -> None:
    encodings = list(_encodings(view))
    if any("yOffset" in encoding for encoding in encodings):
        lift = LIFT_OF_BARS  # the height of its rows follows from that of its bars
    elif any(_stands_above(mark) for mark in _marks(view)):
        lift = LIFT_OF_NUMBERS
        view["height"] = {"step": ROW_OF_NUMBERS}
    else:
        lift = LIFT
        view["height"] = {"step": ROW}
    for encoding in encodings:
        y = encoding.get("y", {})
        if _is_rows(y) and y.get("axis", {}) is not None:
            y.setdefault("axis", {}).update(
                labelAlign="left",
                labelBaseline="middle",
                labelPadding=0,
                labelOffset=lift,
                labelLimit=ROWS_WIDTH,
                ticks=False,
                domain=False,
                grid=False,
            )


def _encodings(view: Spec) -> Iterator[Spec]:
    if "encoding" in view:
        yield view["encoding"]
    for layer in view.get("layer", []):
        yield from _encodings(layer)


def _marks(view: Spec) -> Iterator[Spec]:
    if isinstance(view.get("mark"), dict):
        yield view["mark"]
    for layer in view.get("layer", []):
        yield from _marks(layer)


def _is_rows(y: Any) -> bool:
    return isinstance(y, dict) and y.get("type") in ("nominal", "ordinal")


def _stands_above(mark: Spec) -> bool:
    return mark.get("type") == "text" and mark.get("dy", 0) < -8


def _keep_legend_narrow(encoding: Spec) -> None:
    for channel in encoding.values():
        if isinstance(channel, dict) and isinstance(channel.get("legend"), dict):
            channel["legend"].update(columns=1, labelLimit=ROWS_WIDTH)


def _thin_out(x: Any) -> None:
    """Write fewer of the numbers along the scale where all would not fit."""
    if isinstance(x, dict) and isinstance(x.get("axis"), dict):
        x["axis"].update(labelOverlap="greedy", labelSeparation=6, labelPadding=8)
