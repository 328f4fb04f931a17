"""Keep nbgrader's own autograding from running students' code as the course account."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor


class OnlyInSandbox(NbGraderPreprocessor):
    """Stands where the formgrader's Autograde would run a notebook, and says what to do instead.

    That account reads the solutions and writes the gradebook: so could the notebook.
    `safehaven grade` does not use nbgrader's list of preprocessors, and is not held up by this.
    """

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:  # noqa: ARG002
        """Refuse.

        Raises:
            RuntimeError: always.
        """
        assignment = resources["nbgrader"]["assignment"]
        message = (
            "Students' code runs in the sandbox alone. "
            f"Remedy: open a terminal here, and run: safehaven grade {assignment}"
        )
        raise RuntimeError(message)
