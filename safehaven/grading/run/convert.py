"""Run nbgrader's own autograding on one prepared submission."""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import CheckCellMetadata, Execute, OverwriteCells
from traitlets import Instance
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from safehaven.errors import CourseError
from safehaven.folders import MARKER
from safehaven.grading.examiner.execute import ExaminedExecute
from safehaven.grading.run.course import Course
from safehaven.grading.run.remembering import RememberingCheck, RememberingOverwrite
from safehaven.grading.sandbox import Limits

#: What is used instead of nbgrader's own steps.
_INSTEAD = {
    Execute: ExaminedExecute,
    CheckCellMetadata: RememberingCheck,
    OverwriteCells: RememberingOverwrite,
}
_STRUCTURE = str(Path("{nbgrader_step}", "{student_id}", "{assignment_id}"))


class ConversionError(Exception):
    """nbgrader could not grade a submission; the cause, where it is known, is chained to it."""


def preprocessors(course: Course) -> dict[str, list[Any]]:
    """The steps of autograding in this course, by the setting that lists them.

    They are nbgrader's or the course's own, but that student code runs in the sandbox.

    Raises:
        CourseError: the course executes notebooks in a way of its own.
    """
    stock = Autograde(config=course.config())
    return {
        name: [_in_place_of(step, course) for step in getattr(stock, name)]
        for name in ("sanitize_preprocessors", "autograde_preprocessors")
    }


def executes(course: Course) -> bool:
    """Whether autograding runs student code at all."""
    steps = preprocessors(course)["autograde_preprocessors"]
    return any(isinstance(step, type) and issubclass(step, ExaminedExecute) for step in steps)


def _in_place_of(step: Any, course: Course) -> Any:
    """What is used instead of a step of the course."""
    listed = import_item(step) if isinstance(step, str) else step
    if isinstance(listed, type) and listed in _INSTEAD:
        return _INSTEAD[listed]
    is_own = isinstance(listed, type) and issubclass(listed, NotebookClient)
    if is_own and not issubclass(listed, ExaminedExecute):
        ours = f"{ExaminedExecute.__module__}.{ExaminedExecute.__name__}"
        raise CourseError(
            f"This course executes notebooks with {listed.__name__}, outside the sandbox.",
            file=course.root / MARKER,
            remedy=f"Derive {listed.__name__} from {ours}, or leave it out of "
            "Autograde.autograde_preprocessors.",
        )
    return listed


class OneSubmission(Autograde):  # type: ignore[misc]
    """nbgrader's autograding of one submission whose path is known, so that none is guessed.

    Attributes:
        submission: the folder that was prepared.
        cause: what made it fail; None where nothing did.
    """

    submission = Instance(Path)
    cause: Exception | None = None

    def init_notebooks(self) -> None:
        """Find the notebooks. nbgrader would take a student's id for a pattern."""
        found = sorted(path for path in self.submission.iterdir() if path.suffix == ".ipynb")
        self.assignments = {str(self.submission): [str(path) for path in found]}
        self.notebooks: list[str] = []

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Begin, and remember what goes wrong: nbgrader only writes it to its log."""
        try:
            super().init_assignment(assignment_id, student_id)
        except Exception as error:
            self.cause = error
            raise

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Grade a notebook, and remember what goes wrong."""
        try:
            super().convert_single_notebook(notebook_filename)
        except Exception as error:
            self.cause = error
            raise


class Converter:
    """nbgrader, configured as the course configures it but for where submissions lie."""

    def __init__(self, course: Course, url: str, limits: Limits) -> None:
        """Read the course's configuration.

        Args:
            course: the course and the assignment.
            url: the address of the gradebook to grade into.
            limits: how long cells may run, and how much they may write.

        Raises:
            CourseError: the course executes notebooks in a way of its own.
        """
        self._course = course
        directory = course.directory()
        self._source = directory.format_path(directory.source_directory, ".", course.assignment)
        # Nobody reads the log: what went wrong is known as an exception.
        self._log = logging.Logger("safehaven.grading", logging.CRITICAL)
        self._log.addHandler(logging.NullHandler())
        self._config = self._settled(course.config(), url)
        _set_limits(self._config, limits)

    def _settled(self, config: Config, url: str) -> Config:
        directory = config.CourseDirectory
        directory.db_url = url
        directory.assignment_id = self._course.assignment
        directory.directory_structure = _STRUCTURE
        directory.source_directory = "source"
        directory.submitted_directory = "submitted"
        directory.autograded_directory = "autograded"
        directory.student_id_exclude = ""
        # A notebook is validated when all preprocessors are done with it, and not after each.
        if "optimistic_validation" not in config.Exporter:
            config.Exporter.optimistic_validation = True
        for name, listed in preprocessors(self._course).items():
            config.Autograde[name] = listed
        return config

    def convert(self, place: Path, submission: Path, student: str) -> Path:
        """Autograde a submission.

        Args:
            place: a private folder.
            submission: the prepared folder, place/submitted/<student>/<assignment>.
            student: the student's id.

        Returns:
            The autograded copy, in the private folder.

        Raises:
            ConversionError: nbgrader could not grade it.
        """
        (place / "source").mkdir()
        (place / "source" / self._course.assignment).symlink_to(self._source)
        config = Config(self._config)
        config.CourseDirectory.root = str(place)
        config.CourseDirectory.student_id = student
        directory = CourseDirectory(config=config, log=self._log)
        nbgrader = OneSubmission(
            coursedir=directory, config=config, log=self._log, submission=submission
        )
        folder = place / "autograded" / student / self._course.assignment
        try:
            nbgrader.start()
        except NbGraderException as error:
            raise ConversionError(str(error)) from (nbgrader.cause or error)
        if not folder.is_dir():
            raise ConversionError("nbgrader made no autograded copy")
        return folder


def _set_limits(config: Config, limits: Limits) -> None:
    """Let cells run as long as the limits say, or as the course says where they say nothing."""
    said = limits.cell_seconds != Limits().cell_seconds
    if said or "timeout" not in config.Execute:
        config.ExaminedExecute.timeout = math.ceil(limits.cell_seconds)
    config.ExaminedExecute.notebook_seconds = limits.notebook_seconds
    config.ExaminedExecute.output_bytes = limits.output_bytes
