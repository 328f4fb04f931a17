"""A course as its own configuration describes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safehaven.assignments.stock import find_programs
from safehaven.errors import CourseError
from safehaven.folders import MARKER

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

#: The folder below a course's root in which runs keep what they need and report.
GRADING = "grading"


@dataclass(frozen=True)
class Course:
    """One assignment of one course. Picklable: each process reads the configuration itself.

    Attributes:
        root: the course's root, which holds nbgrader_config.py; the same on every machine.
        assignment: the assignment's name.
        db: the gradebook's address, where it is not the one of the configuration.
    """

    root: Path
    assignment: str
    db: str = ""

    def config(self) -> Any:
        """Nbgrader's configuration (traitlets) of the course."""
        from traitlets.config.loader import PyFileConfigLoader

        find_programs()
        config = PyFileConfigLoader(MARKER, path=str(self.root)).load_config()
        config.CourseDirectory.root = str(self.root)
        if self.db:
            config.CourseDirectory.db_url = self.db
        return config

    def directory(self) -> CourseDirectory:
        """Where nbgrader finds everything."""
        from nbgrader.coursedir import CourseDirectory

        return CourseDirectory(config=self.config())

    @property
    def folder(self) -> Path:
        """Where a run of this assignment keeps its journal and its report."""
        return self.root / GRADING / self.assignment

    @property
    def work(self) -> Path:
        """Where submissions are graded, each in a folder of its own; on the course's disk."""
        return self.folder / "work"

    def check(self) -> None:
        """See that nbgrader can work in this folder at all.

        Raises:
            CourseError: it cannot.
        """
        if not (self.root / MARKER).is_file():
            raise CourseError(
                f"This folder is no nbgrader course: it holds no {MARKER}.",
                file=self.root,
                remedy="Name the folder that holds it.",
            )
        # nbgrader takes paths for patterns. In such a folder it would not leave out what it is
        # told to leave out, and hand solutions to the submissions.
        if set("*?[") & set(str(self.root)):
            raise CourseError(
                "nbgrader cannot work in a folder whose name holds one of * ? [.",
                file=self.root,
                remedy="Rename the folder.",
            )
