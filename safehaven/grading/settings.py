"""What this course sets in nbgrader's own configuration."""

from __future__ import annotations

from typing import Any

from safehaven.grading import feedback, harmless

#: Files and folders of a solution that a student must not receive. nbgrader compares each
#: entry with the name of a file or folder, and leaves out all that an ignored folder holds.
IGNORED = (
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.md",
    "answers",
    "jupytext.toml",
)

#: Seconds that one cell may run when it is graded.
CELL_SECONDS = 60


def configure(config: Any) -> None:
    """Set what every nbgrader command, and the formgrader, needs in a course of this kind.

    The names of the folders stay in nbgrader_config.py, where an instructor looks for them.

    Args:
        config: the traitlets configuration that nbgrader_config.py gets from get_config().
    """
    config.CourseDirectory.ignore = list(IGNORED)
    config.Execute.timeout = CELL_SECONDS
    # Mark schemes stand in locked texts below an answer; stock nbgrader expects them in a cell
    # of its kind "task", which has no answer of its own. They are removed all the same.
    config.ClearMarkScheme.enforce_metadata = False
    # nbgrader's own feedback shows hidden tests, and loads its formulas from another host.
    feedback.configure(config)
    harmless.configure(config)
