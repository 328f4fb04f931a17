"""What the marks of a class say about its questions, its objectives and its students."""

from safehaven.grading.analysis.analyse import analyse
from safehaven.grading.analysis.mastery import CUT
from safehaven.grading.analysis.results import ClassResult

__all__ = ["CUT", "ClassResult", "analyse"]
