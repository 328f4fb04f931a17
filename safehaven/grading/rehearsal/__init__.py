"""A simulated class of any size, graded for real: whether grading holds, and what it takes."""

from safehaven.grading.rehearsal.rehearse import ASSIGNMENTS, Rehearsal, rehearsal_table, rehearse

__all__ = ["ASSIGNMENTS", "Rehearsal", "rehearsal_table", "rehearse"]
