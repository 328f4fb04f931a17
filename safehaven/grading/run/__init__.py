"""Run the grading of an assignment: schedule it, survive what goes wrong, and go on later."""

from safehaven.grading.run.entry import grade
from safehaven.grading.run.progress import on_terminal

__all__ = ["grade", "on_terminal"]
