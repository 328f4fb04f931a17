"""The folder of autograded submissions: each is replaced as a whole."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from safehaven.grading.run.course import Course

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

_EARLIER = "earlier"
_GROUP = 0o2770


class Autograded:
    """Where nbgrader keeps the autograded submissions of one assignment."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._directory: CourseDirectory = course.directory()

    def folder(self, student: str) -> Path:
        """Where the autograded copy of this student's submission lies, or is to lie."""
        step = self._directory.autograded_directory
        return Path(self._directory.format_path(step, student, self._course.assignment))

    def replace(self, student: str, new: Path, place: Path) -> None:
        """Put a new copy in the place of an earlier one.

        An interruption leaves the earlier copy, the new one, or the earlier one set aside, which
        `restore` puts back; never half of one.

        Args:
            student: the student's id.
            new: the new copy.
            place: a private folder of the run, where the earlier copy is set aside.
        """
        target = self.folder(student)
        self._make_room(target.parent)
        new = self._on_one_disk(new, target)
        if target.is_dir():
            aside = place / _EARLIER / student
            aside.mkdir(parents=True, exist_ok=True)
            target.rename(aside / target.name)
        new.rename(target)

    def restore(self) -> None:
        """Put back what an interrupted run had set aside, and clear its private folders."""
        for aside in self._course.work.glob(f"*/{_EARLIER}"):
            for student in aside.iterdir():
                target = self.folder(student.name)
                if not target.exists():
                    (student / target.name).rename(target)
        shutil.rmtree(self._course.work, ignore_errors=True)

    def _make_room(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self._directory.groupshared and folder.stat().st_mode & _GROUP != _GROUP:
            folder.chmod((folder.stat().st_mode | _GROUP) & 0o2777)

    def _on_one_disk(self, new: Path, target: Path) -> Path:
        """The new copy on the disk of its target, where a folder is renamed at once."""
        if new.stat().st_dev == target.parent.stat().st_dev:
            return new
        beside = target.with_name(f".{target.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        return Path(shutil.copytree(new, beside))
