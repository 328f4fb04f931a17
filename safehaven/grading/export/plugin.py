"""What the export plugins have in common."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin
from traitlets import Bool

from safehaven.errors import CourseError
from safehaven.grading.export.results import Results, read_results
from safehaven.grading.outcome import printable

#: How many students are named in one line; the rest is counted.
_NAMED = 50


class Exporter(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """An export plugin that says in words what it could not write, and stops with a reason."""

    bom = Bool(
        False,
        help="Begin the file with a byte order mark, so that Excel shows every letter right.",
    ).tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the table; nbgrader calls this.

        Raises:
            SystemExit: it cannot be written. The reason and the remedy are in the log.
        """
        try:
            remarks = self.write(gradebook)
        except CourseError as error:
            self.log.error("%s", error)
            raise SystemExit(1) from error
        for remark in remarks:
            self.log.warning("%s", remark)

    def write(self, gradebook: Gradebook) -> list[str]:
        """Write the table, and return in sentences what whoever uses it should know.

        Raises:
            CourseError: it cannot be written.
        """
        raise NotImplementedError

    def results(self, gradebook: Gradebook) -> list[Results]:
        """The results of the assignments and students asked for.

        Raises:
            CourseError: the gradebook knows no such assignment or student.
        """
        return read_results(
            gradebook,
            CourseDirectory(parent=self),
            assignments=[str(name) for name in self.assignment],
            students=[str(name) for name in self.student],
        )

    @property
    def mark(self) -> str:
        """What the file begins with."""
        return "\ufeff" if self.bom else ""

    def destination(self, default: str) -> Path:
        """Where to write."""
        return Path(self.to or default)


def remarks_on(results: Results) -> list[str]:
    """Sentences that name who got no points, and why, and whose points come with a note."""
    name = printable(results.assignment)
    groups: dict[str, list[str]] = {}
    for result in results.results:
        if result.state == "ungradable":
            why = f"{result.person.id} ({result.reason or 'no reason is known'})"
            groups.setdefault(f"{name}: no points, ungradable", []).append(why)
        elif result.state != "graded":
            groups.setdefault(f"{name}: no points, {result.state}", []).append(result.person.id)
        if result.note:
            groups.setdefault(f"{name}: {result.note}", []).append(result.person.id)
    return [f"{words}: {listed(who)}." for words, who in groups.items()]


def listed(names: Iterable[str]) -> str:
    """Names for a line of a log; they may be hostile, and there may be a thousand."""
    shown = [printable(str(name), 200) for name in names]
    rest = len(shown) - _NAMED
    return ", ".join(shown[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
