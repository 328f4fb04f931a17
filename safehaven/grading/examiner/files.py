"""What stands beside a notebook while it runs: for the student's code, and for the tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader import utils
from nbgrader.coursedir import CourseDirectory

from safehaven.grading.examiner.notebook import Folders


@contextmanager
def folders(autograded: Path, course: CourseDirectory, assignment: str) -> Iterator[Folders]:
    """Make the two folders, and remove them afterwards.

    nbgrader has put the hidden tests back into the notebook by now, so no notebook is among the
    student's files. What the student handed in is not among the tests' files.

    Args:
        autograded: the folder in which nbgrader runs the notebook.
        course: where the assignment's sources are.
        assignment: its name; empty where it has none.
    """
    with tempfile.TemporaryDirectory(prefix="haven") as made:
        students, instructors = Path(made, "students"), Path(made, "instructors")
        shutil.copytree(
            autograded, students, symlinks=True, ignore=shutil.ignore_patterns("*.ipynb")
        )
        instructors.mkdir()
        source = Path(course.format_path(course.source_directory, ".", assignment))
        for name in utils.find_all_files(str(source), [*course.ignore, "*.ipynb"]):
            target = instructors / Path(name).relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(name, target)
        yield Folders(students, instructors)
