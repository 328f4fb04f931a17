"""Read the source of an assignment: MyST Markdown in solutions/<name>/<name>.md.

A folder that holds only notebooks (a rendered quiz, or an assignment that somebody brings
along from another nbgrader course) is read as it is.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from safehaven.assignments import ipynb
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.located import LocatedYaml, load

#: Folders and files in solutions/ that are not assignments.
NOT_ASSIGNMENTS = frozenset({"__pycache__", ".ipynb_checkpoints"})

_LINE_IN_MESSAGE = re.compile(r"at line (\d+)")


class About(BaseModel):
    """The `safehaven:` block at the head of an assignment.

    Attributes:
        title: the name that a student sees.
        lesson: the number of the lesson it belongs to.
        minutes: the time it takes, in minutes.
        data: tables under book/data that are copied beside the notebook, into data/.
        tasks: id of each cell that a student fills in, and the objective it assesses.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    lesson: int = Field(ge=0)
    minutes: int = Field(gt=0)
    data: tuple[str, ...] = ()
    tasks: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One cell of a source, with the lines it was written on.

    Attributes:
        kind: "code", "markdown" or "raw".
        text: what stands in the cell.
        metadata: all its metadata; nbgrader's are under "nbgrader".
        first, last: lines of the file, counted from 1, metadata included.
    """

    kind: str
    text: str
    metadata: dict[str, Any]
    first: int
    last: int

    @property
    def nbgrader(self) -> dict[str, Any] | None:
        """The cell's nbgrader metadata, or None for a cell that nbgrader leaves alone."""
        found = self.metadata.get("nbgrader")
        return found if isinstance(found, dict) and found else None

    @property
    def grade_id(self) -> str | None:
        """The id under which nbgrader knows the cell."""
        given = (self.nbgrader or {}).get("grade_id")
        return str(given) if given else None

    def _says(self, key: str) -> bool:
        return bool((self.nbgrader or {}).get(key, False))

    @property
    def is_answer(self) -> bool:
        """Whether a student fills this cell in."""
        return self._says("solution")

    @property
    def is_graded(self) -> bool:
        """Whether this cell carries points."""
        return self._says("grade")

    @property
    def is_test(self) -> bool:
        """Whether this cell only tests an answer given in another one."""
        return self.is_graded and not self.is_answer

    @property
    def is_hand_graded(self) -> bool:
        """Whether a person gives the points for what the student wrote here."""
        return self.is_graded and self.is_answer

    @property
    def points(self) -> float:
        """The points of the cell, 0 for one without."""
        given = (self.nbgrader or {}).get("points", 0) if self.is_graded else 0
        return float(given) if isinstance(given, int | float) else 0.0


@dataclass(frozen=True)
class Source:
    """The source of one notebook of an assignment.

    Attributes:
        assignment: the name of the assignment, which is the name of its folder.
        file: the file that a person writes.
        lines: that file, line by line.
        cells: its cells in order.
        metadata: the metadata of the notebook.
        about: the `safehaven:` block; None for a notebook that has none.
    """

    assignment: str
    file: Path
    lines: tuple[str, ...]
    cells: tuple[Cell, ...]
    metadata: dict[str, Any]
    about: About | None

    @property
    def is_markdown(self) -> bool:
        """Whether the source is MyST Markdown, and the notebook derived from it."""
        return self.file.suffix == ".md"

    @property
    def answers(self) -> dict[str, Cell]:
        """The cells that a student fills in, by id, in order."""
        return {c.grade_id: c for c in self.cells if c.is_answer and c.grade_id}

    @property
    def graded(self) -> dict[str, Cell]:
        """The cells that carry points, by id, in order."""
        return {c.grade_id: c for c in self.cells if c.is_graded and c.grade_id}

    def tests_of(self, answer: str) -> dict[str, Cell]:
        """The cells whose points depend on one answer: its tests `<answer>-…`, or itself."""
        return {
            grade_id: cell
            for grade_id, cell in self.graded.items()
            if grade_id == answer or owner(grade_id, self.answers) == answer
        }

    @property
    def maximum(self) -> float:
        """All the points that the notebook can give."""
        return sum(cell.points for cell in self.graded.values())

    def line_of(self, text: str, cell: Cell | None = None, *, after: int = 0) -> int | None:
        """The first line holding `text`, in a cell or in the whole file, counted from 1."""
        first, last = (cell.first, cell.last) if cell else (1, len(self.lines))
        for number in range(max(first, after + 1), last + 1):
            if text in self.lines[number - 1]:
                return number
        return cell.first if cell else None

    def error(
        self, message: str, *, remedy: str, at: str = "", cell: Cell | None = None
    ) -> CourseError:
        """An error at the first line that holds `at`, within the cell where one is given."""
        line = self.line_of(at, cell) if at or cell else None
        return CourseError(message, file=self.file, line=line, remedy=remedy)


def owner(test_id: str, answers: dict[str, Cell]) -> str | None:
    """The answer that a test belongs to: the longest id that its own id continues."""
    fitting = [a for a in answers if test_id.startswith(f"{a}-")]
    return max(fitting, key=len, default=None)


def names(folders: CourseFolders) -> list[str]:
    """The assignments of a course, in the order of their names."""
    if not folders.solutions.is_dir():
        return []
    return sorted(
        folder.name
        for folder in folders.solutions.iterdir()
        if folder.is_dir() and folder.name not in NOT_ASSIGNMENTS and _has_source(folder)
    )


def _has_source(folder: Path) -> bool:
    # A folder of answers without a source is somebody's mistake, so it must be looked at too.
    return any(folder.glob("*.md")) or any(folder.glob("*.ipynb")) or (folder / "answers").is_dir()


def source_files(folders: CourseFolders, name: str) -> list[Path]:
    """The files that a person writes for one assignment: the .md, or else its notebooks.

    Raises:
        CourseError: the folder holds neither.
    """
    folder = folders.solutions / name
    markdown = folder / f"{name}.md"
    if markdown.is_file():
        return [markdown]
    notebooks = sorted(folder.glob("*.ipynb"))
    if not notebooks:
        raise CourseError(
            f"The assignment '{name}' has no source.",
            file=markdown,
            remedy=f"Write {name}.md in this folder, or correct the name of the assignment.",
        )
    return notebooks


def read(folders: CourseFolders, name: str) -> list[Source]:
    """Read the notebooks of one assignment, without checking them further.

    Raises:
        CourseError, CourseErrors: a file is missing or cannot be read.
    """
    return [read_file(path, name) for path in source_files(folders, name)]


def read_file(path: Path, assignment: str) -> Source:
    """Read one source, MyST Markdown or a notebook.

    Raises:
        CourseError, CourseErrors: it is not valid, or its `safehaven:` block is not.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(
            "The file is not UTF-8 text.", file=path, remedy="Save it in the encoding UTF-8."
        ) from error
    reader = _read_markdown if path.suffix == ".md" else _read_notebook
    return reader(path, assignment, text)


def _read_markdown(path: Path, assignment: str, text: str) -> Source:
    # Loading jupytext takes a second, so only a command that reads sources pays for it.
    from jupytext.myst import MystMetadataParsingError, myst_to_notebook

    lines = tuple(text.splitlines())
    about = _about(_read_front_matter(path, lines))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about unused lexers, which change nothing here
            notebook = myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        found = _LINE_IN_MESSAGE.search(str(error))
        raise CourseError(
            f"The metadata of a cell cannot be read: {_one_line(error)}.",
            file=path,
            line=int(found.group(1)) if found else None,
            remedy="Correct the YAML or JSON between the cell's marker and its text.",
        ) from error
    metadata = dict(notebook.metadata)
    starts = [int(start) for start in metadata.pop("source_map")]
    # The map gives the line after the marker, counted from 0: that is the marker's, from 1.
    ends = [*(start - 1 for start in starts[1:]), len(lines)]
    cells = tuple(
        Cell(c.cell_type, c.source, _plain(c.metadata), max(start, 1), max(end, start, 1))
        for c, start, end in zip(notebook.cells, starts, ends, strict=True)
    )
    return Source(assignment, path, lines, cells, _plain(metadata), about)


def _read_notebook(path: Path, assignment: str, text: str) -> Source:
    try:
        notebook = ipynb.loads(text)
    except Exception as error:  # nbformat raises many kinds for a file that is no notebook
        raise CourseError(
            f"The notebook cannot be read: {_one_line(error)}.",
            file=path,
            line=getattr(getattr(error, "__cause__", None), "lineno", None),
            remedy="Restore it, or derive it again from its source.",
        ) from error
    lines = tuple(text.splitlines())
    cells = tuple(_notebook_cells(notebook.cells, lines))
    return Source(assignment, path, lines, cells, _plain(notebook.metadata), None)


def _notebook_cells(cells: list[Any], lines: tuple[str, ...]) -> Iterator[Cell]:
    """Give every cell the lines from its `cell_type` on; good enough to find its grade id."""
    starts = [n for n, line in enumerate(lines, 1) if line.lstrip().startswith('"cell_type":')]
    if len(starts) != len(cells):
        starts = [1] * len(cells)
    ends = [*(max(s - 1, 1) for s in starts[1:]), len(lines)]
    for cell, first, last in zip(cells, starts, ends, strict=True):
        yield Cell(cell.cell_type, cell.source, _plain(cell.metadata), first, last)


def _plain(metadata: Any) -> dict[str, Any]:
    """A copy made of plain dictionaries and lists."""
    copy: dict[str, Any] = json.loads(json.dumps(metadata, default=str))
    return copy


def _read_front_matter(path: Path, lines: tuple[str, ...]) -> LocatedYaml:
    remedy = "Begin the file with '---', the YAML of jupytext, kernelspec and safehaven, and '---'."
    if not lines or lines[0].strip() != "---":
        raise CourseError("The file has no front matter.", file=path, line=1, remedy=remedy)
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if end is None:
        raise CourseError("The front matter does not end.", file=path, line=1, remedy=remedy)
    front = load("\n".join(lines[1:end]) + "\n", path, above=1)
    if not isinstance(front.content, dict):
        raise CourseError("The front matter is empty.", file=path, line=1, remedy=remedy)
    return front


def _about(front: LocatedYaml) -> About:
    if not isinstance(front.content.get("safehaven"), dict):
        raise front.error(
            "The front matter has no 'safehaven:' block.",
            ("safehaven",),
            remedy="Give it title, lesson, minutes, data and tasks. If JupyterLab wrote this file "
            "beside a rendered quiz, remove it and change the quiz in assessments/ instead.",
        )
    return front.validate(
        About,
        ("safehaven",),
        "The block holds title, lesson, minutes, data (a list) and tasks (a map).",
    )


def _one_line(problem: object) -> str:
    return " ".join(str(problem).split()).rstrip(".")
