"""The figures of the course, one module each, drawn from the course's own tables.

A module `some_name` offers `draw(tables) -> Figure`; the page asks for it as `some-name`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd

#: Any Altair chart: a single one, or several layered or set side by side.
Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart

#: Two colours that differ in light, in dark and in grey; use a second channel (shape, dash)
#: with them, so that no reader depends on colour.
BLUE, ORANGE = "#1b6ca8", "#c8501e"
#: A grey with at least 3:1 contrast on white and on the theme's dark ground.
GREY = "#7d7d7d"


@dataclass(frozen=True)
class Figure:
    """A drawn figure.

    Attributes:
        chart: what a reader sees.
        table: the data behind it, with column names in words, for those who do not see it.
        note: a sentence under the table on how to read it; empty where none is needed.
    """

    chart: Chart
    table: pd.DataFrame
    note: str = ""


@dataclass(frozen=True)
class Tables:
    """The tables of the course."""

    folder: Path

    def path(self, name: str) -> Path:
        """The file of a table, as `set/file.csv`."""
        return self.folder / name

    def read(self, name: str, **options: Any) -> pd.DataFrame:
        """Read a table; keyword arguments go to `pandas.read_csv`.

        Raises:
            FileNotFoundError: there is no such table.
        """
        table: pd.DataFrame = pd.read_csv(self.path(name), **options)
        return table


def draw(name: str, tables: Tables) -> Figure:
    """Draw the figure that a page calls `name`.

    Raises:
        ModuleNotFoundError: no module has that name.
    """
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    figure: Figure = module.draw(tables)
    return figure
