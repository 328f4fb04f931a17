"""A layer over stock nbgrader: submissions, gradebook and reports."""

from safehaven.grading.settings import configure

__all__ = ["configure"]
