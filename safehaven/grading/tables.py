"""Plain tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, widest: int = 60) -> str:
    """Rows under a head, columns side by side; numbers stand right, long words are cut.

    Args:
        head: the names of the columns.
        rows: what stands below them; floats are shown with at most four decimals.
        widest: characters that a column may take.
    """
    shown = [[_shown(value, widest) for value in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(head), *shown]) for i in range(len(head))]
    right = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(head))]
    lines = [list(head), ["-" * width for width in widths], *shown]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: object, widest: int) -> str:
    if isinstance(value, float):
        return f"{round(value, 4):g}"
    text = str(value)
    return text if len(text) <= widest else f"{text[: widest - 1]}…"
