"""Analyse a class and write the report."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from safehaven.errors import CourseError
from safehaven.grading.analysis import CUT, ClassResult, analyse
from safehaven.grading.class_report.data import as_data
from safehaven.grading.class_report.page import as_page
from safehaven.grading.class_report.tables import as_tables

PAGE, JSON_FILE = "index.html", "class-report.json"


def class_report(
    root: Path,
    assignments: Sequence[str] | None = None,
    *,
    db: str = "",
    output: Path,
    cut: float = CUT,
    course: Path | None = None,
    report: Callable[[str], object] = lambda _: None,
) -> Path:
    """Write the report of a class: a page, CSV tables and a JSON file.

    Args:
        root: the folder that holds nbgrader_config.py.
        assignments: their names; where nothing is said, all that somebody handed in.
        db: the gradebook's address, where it is not the one of the configuration.
        output: the folder to write to; made where it is missing. It holds names and marks.
        cut: the share of the points from which on an objective counts as mastered.
        course: the folder of the course, where the gradebook lies outside it.
        report: called with a line for every step.

    Returns:
        The path of the page.

    Raises:
        CourseError: there is no gradebook or no such assignment, or the cut is no share.
        CourseErrors: the course's bank cannot be read.
    """
    if not 0 < cut <= 1:
        raise CourseError(
            f"The cut {cut:g} is no share of the points.",
            file=root,
            remedy="Give a number above 0 and at most 1, such as 0.6.",
        )
    result = analyse(root, assignments, db=db, cut=cut, course=course, report=report)
    return write(result, output)


def write(result: ClassResult, output: Path) -> Path:
    """Write the files; each is replaced as a whole, so a reader never finds half of one."""
    output.mkdir(parents=True, exist_ok=True)
    for name, text in as_tables(result).items():
        # The mark at the beginning tells spreadsheets that the text is UTF-8.
        _replace(output / name, f"\ufeff{text}")
    data = json.dumps(as_data(result), indent=1, ensure_ascii=True, allow_nan=False)
    _replace(output / JSON_FILE, data + "\n")
    return _replace(output / PAGE, as_page(result))


def _replace(path: Path, text: str) -> Path:
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8", newline="")
    return new.replace(path)
