"""What a kernel that Jupyter starts for nbgrader has, and a forked process has not."""

from __future__ import annotations

import os
import sys


def settle_in() -> None:
    """Let code find what it finds where nbgrader executes a notebook."""
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    _add_working_folder()
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        # pandas shows tables as in a terminal where it was imported before IPython ran.
        pandas.set_option("display.max_columns", 20)


def _add_working_folder() -> None:
    """Look for modules in the working folder, after those of Python and before packages."""
    if "" in sys.path:
        return
    places = (n for n, place in enumerate(sys.path) if place.endswith("-packages"))
    sys.path.insert(next(places, 0), "")
