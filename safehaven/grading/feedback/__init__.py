"""Feedback for students: points, what failed and why, and nothing that is hidden."""

from safehaven.grading.feedback.make import FeedbackRun, Made, feedback
from safehaven.grading.feedback.seam import configure

__all__ = ["FeedbackRun", "Made", "configure", "feedback"]
