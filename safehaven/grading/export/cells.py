"""Cells of a CSV file that no spreadsheet takes for a formula.

A spreadsheet runs a cell that begins with '=', '+', '-', '@', a tab or a line break as a formula,
whoever wrote it. As OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection), such a
text gets an apostrophe in front, and every text stands in quotation marks, the marks in it
doubled. A file that was written with commas may be opened with semicolons or tabs between its
cells, so what follows one of these inside a text gets its apostrophe too.

The apostrophe is part of the file, and a learning platform shows it. `plain` takes off exactly
what `harmless` put on, also where a text has apostrophes of its own, so nothing is lost on the
way out and back. Numbers, negative ones too, stay numbers.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path

#: A place at which a spreadsheet may see a cell begin.
_BEGIN = r"(?:^|(?<=[;\t\r\n]))"
#: What makes it a formula there; the last four are the full-width signs of East Asian keyboards.
_FORMULA = r"(?:[\s']*[=+\-@＝＋－＠]|'*[\t\r\n])"
_DANGEROUS = re.compile(f"{_BEGIN}(?={_FORMULA})")
_GUARDED = re.compile(f"{_BEGIN}'(?={_FORMULA})")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")

#: A cell: a text from anywhere, a number, or nothing at all.
Cell = str | float | None


def harmless(text: str) -> str:
    """The text, with an apostrophe wherever a spreadsheet would see a formula begin."""
    return text if _NUMBER.fullmatch(text) else _DANGEROUS.sub("'", text)


def plain(text: str) -> str:
    """The text as it was before `harmless`."""
    return _GUARDED.sub("", text)


def number(value: float) -> str:
    """Points as every platform reads them: a point before the decimals, at most four of those."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def table_text(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table as CSV (RFC 4180): texts in quotation marks and harmless, numbers bare."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in (head, *rows))


def _cell(value: Cell) -> str:
    if value is None or (not isinstance(value, str) and not isfinite(value)):
        return ""
    if not isinstance(value, str):
        return number(value)
    return '"' + harmless(value).replace("\0", "").replace('"', '""') + '"'


def write_text(file: Path, text: str) -> Path:
    """Write a file as a whole: whoever reads it never finds half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    new.write_bytes(text.encode())
    return new.replace(file)
