"""From a source into submitted/: list, sort by person, stage, place; what is refused is told."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from safehaven.errors import CourseError
from safehaven.grading.collect import archive
from safehaven.grading.collect.items import Listing, list_folder, refusal
from safehaven.grading.collect.layout import HandIn, Known, Layout, hand_ins, layout_of, unwrapped
from safehaven.grading.collect.limits import MIB, Limits
from safehaven.grading.collect.model import Collected, Collection, Refused, Unusable
from safehaven.grading.collect.paths import safe_student
from safehaven.grading.collect.place import place, read_time, write_time
from safehaven.grading.collect.stage import TIMESTAMP, stage
from safehaven.grading.collect.students import Listed, read_students
from safehaven.grading.outcome import printable
from safehaven.grading.preflight.folder import is_the_machines
from safehaven.grading.preflight.source import AssignmentSource, load_source
from safehaven.grading.run.course import Course
from safehaven.grading.run.lock import locked

Report = Callable[[str], object]

#: What a call leaves below grading/<assignment>/: its report, and submissions that were replaced.
REPORT = "collected.json"
_EARLIER = "earlier"


def collect(
    root: Path,
    assignment: str,
    source: Path | Literal["exchange"],
    *,
    students: Path | None = None,
    student_column: str = "",
    update: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    db: str = "",
    report: Report = lambda _: None,
) -> Collection:
    """Bring what a class handed in to where nbgrader looks for it.

    A submission that is there already stays as it is, unless it is the same or `update` is given;
    then it is set aside in grading/<assignment>/earlier/. What is refused stops nothing else. The
    result is also written to grading/<assignment>/collected.json, with the marks for late work,
    because Canvas tells only that work was late, not when it was handed in.

    Args:
        root: an nbgrader course.
        assignment: the name of an assignment that was generated.
        source: a bulk download of Canvas or Moodle (a zip, or the folder it was unpacked to), a
            folder with a folder for each student, or the word 'exchange'.
        students: a list that says who is who; see `students.read_students`. Moodle needs one.
        student_column: the column of the list that holds the ids in the course.
        update: whether submissions that are there are replaced by newer ones.
        limits: how much is unpacked.
        db: the gradebook's address, where it is not the one of the configuration.
        report: called with a line for each student and each refusal.

    Returns:
        What was collected and what was refused.

    Raises:
        CourseError: the course, the assignment, the list or the whole source cannot be used, or
            the assignment is being graded just now.
    """
    course = Course(root.resolve(), assignment, db)
    course.check()
    target = load_source(course.root, assignment, db=db)
    listed = read_students(students, student_column) if students else None
    with ExitStack() as stack:
        # Not while it is being graded; and on its disk, so that a folder moves at once.
        stack.enter_context(locked(course.folder))
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(".collect", dir=course.folder)))
        listing, layout, said = _listing(course, target, source, work, limits, stack)
        for line in said:
            report(line)
        _check_room(listing, source, limits, course)
        collector = _Collector(course, target, layout, listed, work, update, limits, report)
        found = collector.run(listing, "exchange" if source == "exchange" else layout, said)
    _write_report(found, course)
    report(str(found))
    return found


def _listing(
    course: Course,
    target: AssignmentSource,
    source: Path | str,
    work: Path,
    limits: Limits,
    stack: ExitStack,
) -> tuple[Listing, Layout, list[str]]:
    """The files of a source, who packed them, and what else is to be told."""
    if source == "exchange":
        from safehaven.grading.collect.exchange import collect_exchange

        folder = work / "exchange"
        folder.mkdir()
        said = collect_exchange(course, folder)
        return list_folder(folder, limits, stack), "folders", said
    path = Path(source)
    if path.is_dir():
        listing = list_folder(path, limits, stack, target.guarded)
    else:
        listing = stack.enter_context(_zip(path, limits))
    items = unwrapped(listing.items)
    return Listing(items, listing.refused), layout_of(items), []


@contextmanager
def _zip(file: Path, limits: Limits) -> Iterator[Listing]:
    try:
        with archive.opened(file, limits, limits.entries) as listing:
            yield listing
    except Unusable as error:
        raise CourseError(error.reason, file=file, remedy="Download it again.") from error
    except FileNotFoundError as error:
        raise CourseError(
            "There is no such file or folder.", file=file, remedy="Check its name."
        ) from error


def _check_room(listing: Listing, source: Path | str, limits: Limits, course: Course) -> None:
    """See that all of it may, and can, be unpacked.

    Raises:
        CourseError: it may not, or cannot.
    """
    whole = sum(item.size for item in listing.items)
    free = shutil.disk_usage(course.folder).free
    if whole > min(limits.total_bytes, free):
        most = "are free on this disk" if free < limits.total_bytes else "are allowed"
        raise CourseError(
            f"Unpacked it would be {whole // MIB} MiB large; "
            f"{min(limits.total_bytes, free) // MIB} MiB {most}.",
            file=source,
            remedy="Collect it in parts, or make room.",
        )


def _write_report(found: Collection, course: Course) -> None:
    file = course.folder / REPORT
    new = file.with_name(f".{file.name}.new")
    new.write_text(json.dumps(found.as_dict(), indent=1) + "\n", encoding="utf-8")
    new.replace(file)


@dataclass
class _Collector:
    course: Course
    target: AssignmentSource
    layout: Layout
    listed: dict[str, Listed] | None
    work: Path
    update: bool
    limits: Limits
    report: Report

    def run(self, listing: Listing, source: str, said: Sequence[str]) -> Collection:
        if self.layout == "moodle" and self.listed is None:
            raise CourseError(
                "The numbers in a download of Moodle belong to one assignment only.",
                file=self.course.root,
                remedy="Download the grading worksheet of the assignment too, and give it with "
                "--students and --student-column, such as 'Email address'.",
            )
        known = Known(self.course.assignment, self._notebooks, self.listed)
        found, nobodys = hand_ins(listing.items, self.layout, known)
        refused = [*listing.refused, *nobodys]
        for nobody in refused:
            self.report(str(nobody))
        collected: list[Collected] = []
        names = {student.casefold(): student for student in self.target.students}
        seen: set[str] = set()
        for number, hand_in in enumerate(found):
            try:
                student, submitted = self._student(hand_in, names)
                if student in seen:
                    raise Unusable(
                        f"Something else in this source is of '{printable(student)}' too.",
                        "Put all files of one student into one folder.",
                    )
                seen.add(student)
                one, spoiled = self._bring(hand_in, student, submitted, str(number))
            except Unusable as error:
                spoiled = [refusal(hand_in.key, error)]
            except OSError as error:
                if is_the_machines(error):
                    raise
                cause = Unusable(f"It cannot be written: {error.strerror}.", "Put it in by hand.")
                spoiled = [refusal(hand_in.key, cause)]
            else:
                collected.append(one)
                self.report(str(one))
            refused += spoiled
            for file in spoiled:
                self.report(str(file))
        parts = (tuple(collected), tuple(refused), tuple(said))
        return Collection(self.course.assignment, source, *parts)

    @property
    def _notebooks(self) -> frozenset[str]:
        return frozenset(f"{notebook.name}.ipynb" for notebook in self.target.notebooks)

    def _student(self, hand_in: HandIn, names: dict[str, str]) -> tuple[str, datetime | None]:
        """Whose it is, and when it was handed in, as the list has it.

        Raises:
            Unusable: that is not known, or cannot be an id.
        """
        entry = Listed(hand_in.key)
        if self.listed is not None and hand_in.key in self.listed:
            entry = self.listed[hand_in.key]
        elif self.listed is not None:
            raise Unusable(
                f"The list does not hold '{printable(hand_in.key)}'.",
                "Add the line, or put the files in their place by hand.",
            )
        student = safe_student(entry.student)
        if (
            student not in self.target.students
            and names.setdefault(student.casefold(), student) != student
        ):
            raise Unusable(
                f"'{printable(student)}' differs from the student "
                f"'{printable(names[student.casefold()])}' "
                "in upper and lower case only.",
                "Use one spelling for one student; a list with --students can map it.",
            )
        return student, entry.submitted

    def _bring(
        self, hand_in: HandIn, student: str, submitted: datetime | None, name: str
    ) -> tuple[Collected, list[Refused]]:
        """Write one submission to its place, by way of a folder of the given name."""
        folder = self.work / "staged" / name / "files"
        folder.mkdir(parents=True)
        by_folder = self.layout == "folders"
        staged = stage(hand_in, folder, self.limits, self._notebooks, trusted_time=by_folder)
        refused = [Refused(one.file, one.reason, one.remedy, student) for one in staged.refused]
        files = [name for name in staged.files if name != TIMESTAMP]
        moment = submitted or read_time(folder)
        (folder / TIMESTAMP).unlink(missing_ok=True)
        if moment is not None:
            write_time(folder, moment)
        if not files:
            raise Unusable(
                "Nothing of it could be used. "
                + " ".join(f"{one.file}: {one.reason}" for one in staged.refused),
                "Ask for the notebook itself.",
            )
        target = self.target.submission_folder(student)
        earlier = self.course.folder / _EARLIER / student
        change, notes = place(folder, target, earlier, update=self.update)
        late = hand_in.late and moment is None
        if late:
            notes.append("Canvas does not say by how much, so no points are taken off by itself.")
        if self.target.students and student not in self.target.students:
            notes.append("The gradebook does not know this student yet.")
        notes = [*staged.notes, *notes]
        one = Collected(student, tuple(files), change, moment, hand_in.late, tuple(notes))
        return one, refused
