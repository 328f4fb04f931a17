"""Submissions in: from Canvas, Moodle, a folder or nbgrader's exchange, into submitted/."""

from safehaven.grading.collect.limits import Limits
from safehaven.grading.collect.model import Collected, Collection, Refused
from safehaven.grading.collect.run import collect

__all__ = ["Collected", "Collection", "Limits", "Refused", "collect"]
