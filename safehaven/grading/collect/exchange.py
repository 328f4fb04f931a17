"""nbgrader's exchange, through nbgrader's own interface, whichever exchange a course uses.

`NbGraderAPI.collect` gathers the newest submissions into a folder of their own, from where they
take the same way as all others. The exchange on a shared disk is written by students, and stock
nbgrader follows the links in it, with the instructor's rights: a link to the solutions would be
collected as a copy of the solutions. `LinklessCollect` leaves links out; it takes the place of
nbgrader's class by the setting that is meant for that, `ExchangeFactory.collect`.
"""

from __future__ import annotations

from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.exchange.default import ExchangeCollect

from safehaven.assignments.stock import reason
from safehaven.errors import CourseError
from safehaven.grading.collect.model import Unusable
from safehaven.grading.collect.paths import safe_student
from safehaven.grading.outcome import printable
from safehaven.grading.preflight.folder import Entry, Folder, is_the_machines
from safehaven.grading.run.course import Course

_OWNER = "cheating attempt?"
_LEFT_OUT = "Left out, because it is a link, too large, misnamed or cannot be read:"


class LinklessCollect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """Collects regular files and folders, and nothing that points elsewhere."""

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Find the newest submission of each student, and pass over what is none."""
        super().init_src()
        self.src_records = [record for record in self.src_records if self._is_submission(record)]

    def _is_submission(self, record: dict[str, Any]) -> bool:
        folder = Path(self.inbound_path) / record["filename"]
        try:
            safe_student(record["username"])
            usable = folder.is_dir() and not folder.is_symlink()
        except Unusable:
            usable = False
        if not usable:
            self._left_out(record["filename"])
        return usable

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """What the name of a folder says; every student can make one, with any name."""
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except Exception:  # nbgrader would stop here, and collect from nobody
            name = Path(path).name
            return {"username": f"/{name}", "filename": name, "timestamp": datetime.min}
        return record

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission without following a link, even one that is made meanwhile.

        What the course ignores, and what is larger than it allows, stays out, as nbgrader does it.
        """
        del log
        course = self.coursedir
        target = Path(dest)
        target.mkdir()
        try:
            with Folder(Path(src)) as folder:
                listing = folder.listing()
                for special in listing.refused:
                    self._left_out(f"{Path(src).name}/{special.path}")
                for entry in listing.files:
                    if entry.links > 1:
                        self._left_out(f"{Path(src).name}/{entry.path}")
                    elif _is_wanted(entry, course):
                        (target / entry.path).parent.mkdir(parents=True, exist_ok=True)
                        folder.copy(entry.path, target / entry.path, entry.size)
                    elif entry.size > course.max_file_size * 1000:
                        self._left_out(f"{Path(src).name}/{entry.path}")
        except OSError as error:
            if is_the_machines(error):
                raise
            self._left_out(f"{Path(src).name} ({error})")

    def _left_out(self, what: str) -> None:
        self.log.warning("%s %s", _LEFT_OUT, printable(what, 200))


def _is_wanted(entry: Entry, course: Any) -> bool:
    parts = entry.path.split("/")
    ignored = any(fnmatch(part, pattern) for part in parts for pattern in course.ignore)
    included = any(fnmatch(entry.name, pattern) for pattern in course.include)
    return included and not ignored and entry.size <= course.max_file_size * 1000


def collect_exchange(course: Course, folder: Path) -> list[str]:
    """Collect the newest submissions of the exchange into <folder>/<student>/<assignment>.

    Args:
        course: the course and the assignment.
        folder: an empty folder.

    Returns:
        Sentences of nbgrader that an instructor should see.

    Raises:
        CourseError: nbgrader cannot use the exchange.
    """
    config = course.config()
    config.CourseDirectory.submitted_directory = str(folder)
    config.CourseDirectory.directory_structure = "{nbgrader_step}/{student_id}/{assignment_id}"
    if "collect" not in config.ExchangeFactory:
        config.ExchangeFactory.collect = f"{__name__}.{LinklessCollect.__name__}"
    result = NbGraderAPI(config=config).collect(course.assignment, update=True)
    if not result or not result["success"]:
        raise CourseError(
            f"nbgrader cannot collect from the exchange: {reason(result or {})}.",
            file=course.root,
            remedy="Check c.CourseDirectory.course_id and c.Exchange.root in nbgrader_config.py.",
        )
    return _telling(result.get("log") or "")


def _telling(log: str) -> list[str]:
    lines = [line.strip() for line in log.splitlines()]
    return [
        line.removeprefix("[WARNING] ") for line in lines if _OWNER in line or _LEFT_OUT in line
    ]
