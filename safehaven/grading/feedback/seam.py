"""How nbgrader comes to write this feedback: by its own configuration."""

from __future__ import annotations

from typing import Any

PREPROCESSOR = "safehaven.grading.feedback.collect.CollectFeedback"
EXPORTER = "safehaven.grading.feedback.exporter.FeedbackExporter"


def configure(config: Any) -> None:
    """Let `nbgrader generate_feedback` and the formgrader's button write this feedback.

    Args:
        config: the traitlets configuration of an nbgrader course.
    """
    config.GenerateFeedback.preprocessors = [PREPROCESSOR]
    config.GenerateFeedback.exporter_class = EXPORTER
