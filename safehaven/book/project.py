"""What the directives need to know of the course, loaded once a build."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pybtex.database import BibliographyData, parse_file
from pybtex.scanner import PybtexSyntaxError
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from safehaven.bank import Bank, load_bank
from safehaven.book.claims import Claim, read_claims
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders
from safehaven.lessons import Lesson, read_lessons

logger = logging.getLogger(__name__)


def report(errors: Iterable[CourseError]) -> None:
    """Say what is wrong as warnings, which the strict build turns into a failure.

    So every mistake of a build is seen at once and the rest of the book is still built.
    """
    for error in errors:
        message = f"{error.message} Remedy: {error.remedy}"
        # Sphinx takes a place without a line for the name of a page, and adds an ending to it.
        place = str(error.place) if error.line else f"{error.place}:1"
        logger.warning(message, location=place, type="safehaven", subtype="course")


class Project:
    """The course as the book sees it. Graded questions are not loaded here, on purpose."""

    def __init__(self, root: Path) -> None:
        self.folders = CourseFolders(root)

    @cached_property
    def practice(self) -> Bank:
        """The practice questions; a broken file is reported and leaves the bank empty."""
        try:
            return load_bank(self.folders, uses=("practice",))
        except CourseErrors as found:
            report(found.errors)
            return Bank()

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims of the 2021 paper under their ids."""
        claims, errors = read_claims(self.folders.data / "facts" / "claims.csv")
        report(errors)
        return claims

    @cached_property
    def lessons(self) -> list[Lesson]:
        """The lessons in the order of their numbers."""
        lessons, errors = read_lessons(self.folders.book)
        report(errors)
        return lessons

    @cached_property
    def bibliography(self) -> BibliographyData:
        """The works that can be cited."""
        file = self.folders.bibliography
        try:
            return parse_file(str(file), bib_format="bibtex")
        except PybtexSyntaxError as error:
            report(
                [CourseError(f"{error}.", file=file, line=error.lineno, remedy="Mend the entry.")]
            )
            return BibliographyData()


def project_of(env: BuildEnvironment) -> Project:
    """The course of this build."""
    project: Project = env.app.safehaven_project  # type: ignore[attr-defined]
    return project
