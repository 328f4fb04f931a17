"""Runs a live cell of a lesson, and says in words what came of it.

The same file runs in three places: in the reader's browser (Pyodide), in the build, which writes
what a cell prints into the page, and in the tests. So it needs nothing but the standard library.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import traceback
from collections.abc import Callable
from pathlib import Path

#: Name of the reader's code in tracebacks, by which its lines are found.
CODE = "<your code>"
#: Characters after which a cell is stopped; more would only slow the page down.
MOST_OUTPUT = 10_000

Rows = list[dict[str, str]]


class NotYet(Exception):
    """A check found what the reader's change has not reached; its text says what."""


class TooMuchOutput(Exception):
    """The cell printed more than a reader can use."""


class _Output(io.StringIO):
    def write(self, text: str) -> int:
        room = MOST_OUTPUT - self.tell()
        super().write(text[:room])
        if len(text) > room:
            raise TooMuchOutput
        return len(text)


def run(code: str, check: str, folder: str | Path) -> dict[str, str]:
    """Run a cell and its check.

    Args:
        code: what the reader wrote.
        check: Python that calls `expect(condition, words)`; it sees the names of the cell.
        folder: where the tables of the course lie.

    Returns:
        `output`, what the cell printed; and either `error`, what went wrong, in words, or
        `missing`, what the check missed. Both are empty where the check is passed.
    """
    output = _Output()
    names: dict[str, object] = {"__name__": "__main__", "table": _reader(Path(folder))}
    answer = {"output": "", "error": "", "missing": ""}
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            exec(compile(code, CODE, "exec"), names)
    except (Exception, SystemExit) as error:  # a reader's code may raise anything
        answer["error"] = in_words(error)
    else:
        answer["missing"] = _missing(check, names)
    answer["output"] = output.getvalue()
    return answer


def run_as_json(code: str, check: str, folder: str) -> str:
    """The answer of `run` as JSON, which JavaScript takes without a proxy."""
    return json.dumps(run(code, check, folder))


def _reader(folder: Path) -> Callable[[str], Rows]:
    def table(name: str) -> Rows:
        """The rows of a table of the course; every value is text, as in the file."""
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return table


def _missing(check: str, names: dict[str, object]) -> str:
    def expect(condition: object, words: str) -> None:
        if not condition:
            raise NotYet(words)

    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(check, "<check>", "exec"), {**names, "expect": expect})
    except NotYet as found:
        return str(found)
    except Exception as error:  # the reader may have renamed or removed anything
        return (
            "The check could not read what your code made "
            f"({type(error).__name__}: {error}). It needs the names of the cell as they were; "
            "Reset brings them back."
        )
    return ""


# Errors in words --------------------------------------------------------------------------------


def in_words(error: BaseException) -> str:
    """The last line of a traceback with the reader's line number, and what it means."""
    if isinstance(error, TooMuchOutput):
        return f"Stopped: the code printed more than {MOST_OUTPUT:,} characters."
    last = traceback.format_exception_only(error)[-1].strip()
    line = _line(error)
    place = f"Line {line}: " if line else ""
    return f"{place}{last.rstrip('.')}. {_meaning(error)}".strip()


def _line(error: BaseException) -> int | None:
    """The line of the reader's own code at which it went wrong."""
    if isinstance(error, SyntaxError) and error.filename == CODE:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == CODE), None)


#: What an error means here; the first entry that fits is said, so the special come first.
_MEANINGS: tuple[tuple[type[BaseException], str], ...] = (
    (
        IndentationError,
        "The spaces at the start of this line do not fit the lines around it.",
    ),
    (SyntaxError, "Python cannot read this line; look for a missing bracket, comma or quote."),
    (NameError, "Python meets a name that was not set before; look at its spelling."),
    (
        ModuleNotFoundError,
        "Only Python's standard library and networkx can be imported here.",
    ),
    (KeyError, "There is no such key or column; names must agree letter by letter."),
    (IndexError, "The list is shorter than this place in it."),
    (ZeroDivisionError, "Something is divided by zero; perhaps nothing was counted."),
    (FileNotFoundError, "This cell has only the tables that its text opens."),
    (
        ValueError,
        "A value has the wrong form; an empty field of a table, for example, is no number.",
    ),
    (
        TypeError,
        "Two values do not go together; what comes from a table is text until int() or float().",
    ),
    (RecursionError, "A function called itself without an end."),
)


def _meaning(error: BaseException) -> str:
    return next((words for kind, words in _MEANINGS if isinstance(error, kind)), "")
