"""Find what a student handed in, read it whatever it is, and repair a copy of it."""

from safehaven.grading.preflight.prepare import Prepared, prepare
from safehaven.grading.preflight.source import (
    AssignmentSource,
    Submission,
    find_submissions,
    load_source,
)

__all__ = [
    "AssignmentSource",
    "Prepared",
    "Submission",
    "find_submissions",
    "load_source",
    "prepare",
]
