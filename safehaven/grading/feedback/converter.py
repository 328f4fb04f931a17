"""nbgrader's own converter for feedback, for a student whose id may be any name of a folder."""

from __future__ import annotations

from pathlib import Path

from nbgrader.converters import GenerateFeedback


class OneStudentsFeedback(GenerateFeedback):  # type: ignore[misc]  # nbgrader has no types
    """Takes the student's id as it is; stock takes it for a pattern of file names."""

    def init_notebooks(self) -> None:
        """Find the notebooks of the one submission."""
        course = self.coursedir
        folder = self._format_source(course.assignment_id, course.student_id)
        self.assignments = {folder: sorted(map(str, Path(folder).glob("*.ipynb")))}
