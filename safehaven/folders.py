"""Where the rooms of a course lie on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from safehaven.errors import CourseError

#: The file that marks the root of a course, as it does for nbgrader itself.
MARKER = "nbgrader_config.py"


@dataclass(frozen=True)
class CourseFolders:
    """The folders of one course, all derived from its root."""

    root: Path

    @property
    def book(self) -> Path:
        """What a reader sees: pages in MyST Markdown."""
        return self.root / "book"

    @property
    def data(self) -> Path:
        """Every table of the course, once, with its provenance."""
        return self.book / "data"

    @property
    def bibliography(self) -> Path:
        """The one BibTeX file that the lessons and the questions cite."""
        return self.book / "references.bib"

    @property
    def solutions(self) -> Path:
        """What an instructor writes: one folder an assignment."""
        return self.root / "solutions"

    @property
    def exercises(self) -> Path:
        """What a student receives: one folder an assignment, derived."""
        return self.root / "exercises"

    @property
    def assessments(self) -> Path:
        """The question bank and the quiz blueprints."""
        return self.root / "assessments"

    @property
    def build(self) -> Path:
        """Everything derived that git does not keep."""
        return self.root / "_build"


def find_course(start: Path | None = None) -> CourseFolders:
    """Return the course that `start` (default: the working folder) lies in.

    Raises:
        CourseError: no folder from `start` upwards holds an nbgrader_config.py.
    """
    begin = (start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / MARKER).is_file():
            return CourseFolders(folder)
    raise CourseError(
        f"No course found here: neither this folder nor one above it holds {MARKER}.",
        file=begin,
        remedy="Run the command inside the course folder, the one with _toc.yml.",
    )
