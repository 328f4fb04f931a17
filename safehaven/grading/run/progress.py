"""How far a run is, in lines for a person."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from safehaven.grading.outcome import Outcome, printable

Report = Callable[[str], object]


class Progress:
    """Counts what is done, and says how fast it goes and how long it will still take."""

    def __init__(
        self, total: int, report: Report, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin to count.

        Args:
            total: how many submissions there are to grade.
            report: called with a line for each.
            clock: seconds, from any moment on.
        """
        self._total = total
        self._report = report
        self._clock = clock
        self._begun = clock()
        self._done = 0
        self._kept = 0

    def keep(self) -> None:
        """Count a submission that an earlier run had finished; it says nothing of the pace."""
        self._done += 1
        self._kept += 1

    def add(self, outcome: Outcome) -> None:
        """Count a submission, and tell of it."""
        self._done += 1
        seconds = max(self._clock() - self._begun, 1e-6)
        rate = (self._done - self._kept) / seconds
        left = (self._total - self._done) / rate
        what: str = outcome.status
        if outcome.score is not None and outcome.maximum is not None:
            what += f", {outcome.score:g} of {outcome.maximum:g}"
        pace = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute"
        self._report(
            f"{self._done}/{self._total}  {printable(outcome.student, 40)}  {what}  "
            f"({pace}, {_words(left)} left)"
        )


def _words(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def on_terminal(stream: TextIO | None = None) -> Report:
    """A report that keeps to one line on a terminal, and writes plain lines anywhere else.

    Args:
        stream: where to write; standard error where nothing is said.
    """
    out = stream if stream is not None else sys.stderr
    if not out.isatty():
        return lambda line: print(line, file=out, flush=True)

    up = ""

    def rewrite(line: str) -> None:
        nonlocal up
        # Clear the line above, which this one replaces; what comes after stands below both.
        print(f"{up}{line}", file=out, flush=True)
        up = "\x1b[A\x1b[2K"

    return rewrite
