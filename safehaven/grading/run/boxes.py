"""The sandbox of a course: as every sandbox, and blind to the course itself."""

from __future__ import annotations

from safehaven.grading.run.course import Course
from safehaven.grading.sandbox import Limits, Sandbox


def sandbox_of(course: Course, limits: Limits, *, contained: bool) -> Sandbox:
    """A sandbox, not started yet, that hides the course's folder.

    The course may lie in a folder that submissions can read, as the one of Python's packages.

    Args:
        course: the course.
        limits: what one submission may use.
        contained: False runs student code as the user.
    """
    return Sandbox(limits, contained=contained, hidden=(course.root,))
