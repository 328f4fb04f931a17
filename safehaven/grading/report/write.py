"""Write the report of a run."""

from __future__ import annotations

import json
from pathlib import Path

from safehaven.grading.report.data import as_data
from safehaven.grading.report.model import Run
from safehaven.grading.report.page import as_page

JSON_FILE = "grading-report.json"
PAGE = "index.html"


def write_report(run: Run, folder: Path) -> tuple[Path, Path]:
    """Write the JSON file and the page; give both paths.

    Each is replaced as a whole: a reader never finds half of one.

    Args:
        run: what was done.
        folder: where to write; made where it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(as_data(run), indent=1, ensure_ascii=True, allow_nan=False) + "\n"
    return _write(folder / JSON_FILE, data), _write(folder / PAGE, as_page(run))


def _write(path: Path, text: str) -> Path:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    return new.replace(path)
