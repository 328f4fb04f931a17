"""What the instructor released: read once for a run, from the gradebook and the notebooks."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safehaven.assignments.stock import nbgrader_api
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, Notebook
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

#: Stands for the student's id while the folder structure of the course is taken apart.
_STUDENT = "\0student\0"

_SQLITE = "sqlite:///"


@dataclass(frozen=True)
class SourceCell:
    """A cell of a released notebook.

    Attributes:
        grade_id: its name in nbgrader; empty for a cell that nbgrader knows nothing of.
        cell_type: "code", "markdown" or "raw".
        text: its text as released, without hidden tests.
        grade: whether it gives points.
        solution: whether the student writes it.
        locked: whether nbgrader puts its text back before grading.
        task: whether it is nbgrader's task, marked by a person.
        points: the most that it gives; None where it gives none.
        checksum: nbgrader's checksum of the unanswered cell; empty where there is none.
        cell_id: Jupyter's own id of the cell; empty where the notebook has none.
        metadata: what the released cell carries besides nbgrader's metadata.
    """

    grade_id: str
    cell_type: str
    text: str
    grade: bool = False
    solution: bool = False
    locked: bool = False
    task: bool = False
    points: float | None = None
    checksum: str = ""
    cell_id: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_test(self) -> bool:
        """Whether it only tests what was written before it."""
        return self.grade and not self.solution

    @property
    def is_plain(self) -> bool:
        """Whether nbgrader knows nothing of it."""
        return not self.grade_id


@dataclass(frozen=True)
class NotebookSource:
    """A notebook of an assignment, as released.

    Attributes:
        name: its name in the gradebook, without the ending.
        cells: all cells in their order; without a released notebook those of nbgrader.
        kernelspec: the instructor's kernel, as nbgrader keeps it; empty where it has none.
        metadata: the metadata of the released notebook.
    """

    name: str
    cells: tuple[SourceCell, ...]
    kernelspec: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AssignmentSource:
    """An assignment as nbgrader knows it. Picklable, and small.

    Attributes:
        root: the course's root.
        name: the assignment's name.
        course_id: the course's id in nbgrader; empty where it has none.
        notebooks: its notebooks.
        students: the ids of all enrolled students.
        pattern: the path of a submission below `root`, or an absolute path; `submission_folder`
            fills in the student.
        ignore: names of files and folders that nbgrader does not copy.
        files: the instructor's files, relative to the assignment; they replace a student's.
        file_bytes: the most bytes of one file that nbgrader copies.
        folder_bytes: the most bytes of a whole submission that nbgrader copies.
        guarded: device and inode of files that no student may read: gradebook, solutions.
    """

    root: Path
    name: str
    course_id: str
    notebooks: tuple[NotebookSource, ...]
    students: tuple[str, ...]
    pattern: str
    ignore: tuple[str, ...]
    files: frozenset[str]
    file_bytes: int
    folder_bytes: int
    guarded: frozenset[tuple[int, int]]

    def submission_folder(self, student: str) -> Path:
        """Where this student's submission lies, whether or not it is there."""
        return self.root / self.pattern.replace(_STUDENT, student)

    @property
    def submitted_root(self) -> Path:
        """The folder that holds the students' folders."""
        return self.root / self.pattern.partition(_STUDENT)[0].rpartition(os.sep)[0]


@dataclass(frozen=True)
class Submission:
    """A folder that a student handed in."""

    student: str
    folder: Path


def find_submissions(source: AssignmentSource) -> list[Submission]:
    """Everything handed in for this assignment, in the order of the students' ids.

    A name is taken as it is: it may be a pattern, begin with a dot or a hyphen, or be no UTF-8.
    """
    before, _, after = source.pattern.partition(_STUDENT)
    prefix = before.rpartition(os.sep)[2]
    suffix = after.partition(os.sep)[0].replace(_STUDENT, "")
    try:
        names = sorted(entry.name for entry in source.submitted_root.iterdir())
    except FileNotFoundError:
        return []
    found = []
    for name in names:
        if not (name.startswith(prefix) and name.endswith(suffix)):
            continue
        student = name[len(prefix) : len(name) - len(suffix)]
        folder = source.submission_folder(student)
        if student and os.path.lexists(folder):
            found.append(Submission(student, folder))
    return found


def load_source(root: Path, assignment: str, *, db: str = "") -> AssignmentSource:
    """Read an assignment from the gradebook and from the released notebooks.

    Args:
        root: the course's root, with nbgrader_config.py.
        assignment: the assignment's name.
        db: the gradebook's address, where it is not the one of the configuration.

    Raises:
        CourseError: there is no course or no gradebook, or the assignment was not generated.
    """
    root = root.resolve()
    if not (root / MARKER).is_file():
        raise CourseError(
            f"This folder is no nbgrader course: it holds no {MARKER}.",
            file=root,
            remedy="Name the folder that holds it.",
        )
    api = nbgrader_api(CourseFolders(root))
    if db:
        api.coursedir.db_url = db
    course = api.coursedir
    return AssignmentSource(
        root=Path(course.root),
        name=assignment,
        course_id=course.course_id,
        notebooks=_notebooks(api, assignment),
        students=_students(api),
        pattern=course.directory_structure.format(
            nbgrader_step=course.submitted_directory,
            student_id=_STUDENT,
            assignment_id=assignment,
        ),
        ignore=tuple(course.ignore),
        files=_files(api, assignment),
        file_bytes=course.max_file_size * 1000,
        folder_bytes=course.max_dir_size * 1000,
        guarded=_guarded(course),
    )


# --- the gradebook ----------------------------------------------------------------------------


def _open(api: NbGraderAPI) -> Gradebook:
    from sqlalchemy.exc import SQLAlchemyError

    address: str = api.coursedir.db_url
    # To open an SQLite gradebook that is not there would make an empty one.
    if address.startswith(_SQLITE) and not Path(address.removeprefix(_SQLITE)).is_file():
        raise CourseError(
            "There is no gradebook yet.",
            file=address.removeprefix(_SQLITE),
            remedy="Run 'nbgrader generate_assignment' with the assignment's name.",
        )
    try:
        return api.gradebook
    except ImportError as error:
        raise CourseError(
            f"The gradebook's database needs a package that is missing: {error.name}.",
            file=api.coursedir.root,
            remedy=f"Install it with 'pip install {error.name}'.",
        ) from error
    except SQLAlchemyError as error:
        raise _cannot_read(api, error) from error


def _cannot_read(api: NbGraderAPI, error: Exception) -> CourseError:
    # The first line names the cause; what follows is the statement that failed.
    cause = str(error).splitlines()[0]
    return CourseError(
        f"The gradebook cannot be read: {cause}.",
        file=api.coursedir.root,
        remedy="Check its address. If nbgrader was updated, keep a copy of the gradebook and "
        "run 'nbgrader db upgrade'.",
    )


def _students(api: NbGraderAPI) -> tuple[str, ...]:
    with _open(api) as gradebook:
        return tuple(sorted(student.id for student in gradebook.students))


def _notebooks(api: NbGraderAPI, assignment: str) -> tuple[NotebookSource, ...]:
    from nbgrader.api import MissingEntry
    from sqlalchemy.exc import SQLAlchemyError

    not_generated = CourseError(
        f"The gradebook knows no notebook of the assignment '{assignment}'.",
        file=api.coursedir.format_path(api.coursedir.source_directory, ".", assignment),
        remedy=f"Run 'nbgrader generate_assignment {assignment}'.",
    )
    try:
        with _open(api) as gradebook:
            known = gradebook.find_assignment(assignment)
            found = tuple(_notebook(api, assignment, notebook) for notebook in known.notebooks)
    except MissingEntry as error:
        raise not_generated from error
    except SQLAlchemyError as error:
        raise _cannot_read(api, error) from error
    if not found:
        raise not_generated
    return found


def _notebook(api: NbGraderAPI, assignment: str, notebook: Notebook) -> NotebookSource:
    known = _known_cells(api, notebook)
    released = _read_notebook(api.coursedir, "release", assignment, notebook.name)
    ordered = released or _read_notebook(api.coursedir, "source", assignment, notebook.name)
    kernelspec = json.loads(notebook.kernelspec) if notebook.kernelspec else {}
    return NotebookSource(
        name=notebook.name,
        cells=tuple(_in_order(known, ordered, with_plain=released is not None)),
        kernelspec=kernelspec if isinstance(kernelspec, dict) else {},
        metadata=dict(released["metadata"]) if released else {},
    )


def _known_cells(api: NbGraderAPI, notebook: Notebook) -> dict[str, SourceCell]:
    """The cells of nbgrader by their names, in the order of the gradebook."""
    points = {cell.name: cell.max_score for cell in notebook.grade_cells}
    tasks = {cell.name: cell.max_score for cell in notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    return {
        cell.name: SourceCell(
            grade_id=cell.name,
            cell_type=cell.cell_type,
            text=_without_hidden(api, cell.source or ""),
            grade=cell.name in points,
            solution=cell.name in solutions,
            locked=bool(cell.locked),
            task=cell.name in tasks,
            points=points.get(cell.name, tasks.get(cell.name)),
            checksum=cell.checksum or "",
        )
        for cell in notebook.source_cells
    }


def _without_hidden(api: NbGraderAPI, text: str) -> str:
    """What a student received of a text that the gradebook keeps whole."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme

    tests = ClearHiddenTests(parent=api)
    marks = ClearMarkScheme(parent=api)
    text = _cut(text, tests.begin_test_delimeter, tests.end_test_delimeter)
    return _cut(text, marks.begin_mark_scheme_delimeter, marks.end_mark_scheme_delimeter)


def _cut(text: str, begin: str, end: str) -> str:
    if begin not in text:
        return text
    kept, inside = [], False
    for line in text.split("\n"):
        if begin in line:
            inside = True
        elif end in line:
            inside = False
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


# --- the notebooks ----------------------------------------------------------------------------


def _read_notebook(course: CourseDirectory, step: str, assignment: str, name: str) -> Any | None:
    """The instructor's notebook of a step, or None where there is none that can be read."""
    import nbformat

    folder = {"release": course.release_directory, "source": course.source_directory}[step]
    file = Path(course.format_path(folder, ".", assignment)) / f"{name}.ipynb"
    try:
        return nbformat.read(file, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError):
        return None


def _in_order(
    known: Mapping[str, SourceCell], notebook: Any | None, *, with_plain: bool
) -> Iterator[SourceCell]:
    """All cells in the order of the instructor's notebook.

    What only the gradebook knows follows the cell that it follows there.
    """
    names = list(known)
    placed: list[SourceCell] = []
    for cell in notebook["cells"] if notebook else ():
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if grade_id in known:
            placed.append(_as_released(known[grade_id], cell, keep_text=not with_plain))
        elif with_plain:
            placed.append(
                SourceCell("", cell["cell_type"], cell["source"], cell_id=cell.get("id", ""))
            )
    there = {cell.grade_id for cell in placed}
    for at, name in enumerate(names):
        if name not in there:
            before = names[at - 1] if at else None
            index = next((i for i, c in enumerate(placed) if c.grade_id == before), -1) + 1
            placed.insert(index, known[name])
            there.add(name)
    yield from placed


def _as_released(known: SourceCell, cell: Any, *, keep_text: bool) -> SourceCell:
    metadata = {key: value for key, value in cell["metadata"].items() if key != "nbgrader"}
    return replace(
        known,
        text=known.text if keep_text else cell["source"],
        cell_id=cell.get("id", ""),
        metadata=json.loads(json.dumps(metadata)),
    )


# --- the files --------------------------------------------------------------------------------


def _files(api: NbGraderAPI, assignment: str) -> frozenset[str]:
    """The instructor's files that nbgrader copies over a student's."""
    from nbgrader.converters import Autograde
    from nbgrader.utils import find_all_files

    course = api.coursedir
    folder = course.format_path(course.source_directory, ".", assignment)
    excluded = Autograde(course, parent=api).exclude_overwriting.get(assignment, [])
    found = {
        os.path.relpath(file, folder)
        for file in find_all_files(folder, [*course.ignore, "*.ipynb"])
    }
    return frozenset(found - set(excluded))


def _guarded(course: CourseDirectory) -> frozenset[tuple[int, int]]:
    """The files that a hard link could bring into a student's reach."""
    root = Path(course.root)
    gradebook = Path(course.db_url.removeprefix(_SQLITE))
    solutions = root / course.source_directory
    return frozenset(_inodes([*root.glob("*"), gradebook, *solutions.rglob("*")]))


def _inodes(paths: Iterable[Path]) -> Iterator[tuple[int, int]]:
    for path in paths:
        try:
            status = path.stat(follow_symlinks=False)
        except (OSError, ValueError):
            continue  # an address of a database is no path; a file may vanish
        yield status.st_dev, status.st_ino
