"""Answers that a student could give, kept beside a solution, and notebooks made with them.

solutions/<assignment>/answers/<answer cell>/ holds right-<how>.py and wrong-<mistake>.py. Their
first comment lines say what they are worth:

    # expects: task-1-a=1, task-1-b=0
    # mistake: counts rows instead of entries

A right one says only `# way: …`. The rest of the file replaces the answer cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from safehaven.assignments import ipynb
from safehaven.assignments.source import Cell, Source
from safehaven.errors import CourseError, CourseErrors, raise_all
from safehaven.folders import CourseFolders

_HEADER = re.compile(r"#\s*(?P<key>[a-z]+)\s*:\s*(?P<value>.*\S)\s*$")
_KEYS = {"right": {"way"}, "wrong": {"expects", "mistake"}}
_MARKER = re.compile(r"### (BEGIN|END) SOLUTION")
_MARK_SCHEME = re.compile(r"### BEGIN MARK SCHEME.*?### END MARK SCHEME", re.DOTALL)


@dataclass(frozen=True)
class Answer:
    """What stands in one answer cell, and what it must score.

    Attributes:
        cell: the id of the answer cell.
        name: "blank", "solution", or the name of a variant's file without its ending.
        text: what the student wrote; None leaves the cell as it was handed out.
        points: points for each cell that grades the answer; None where a person gives them.
        mistake: what a wrong variant gets wrong; empty otherwise.
        way: how a right variant differs from the solution; empty otherwise.
        file: where the variant stands; None for the other two.
    """

    cell: str
    name: str
    text: str | None
    points: Mapping[str, float | None]
    mistake: str = ""
    way: str = ""
    file: Path | None = field(default=None, compare=False)


def blank(source: Source, cell: str) -> Answer:
    """The cell as it was handed out. nbgrader gives 0 for it, also where a person would mark."""
    return Answer(cell, "blank", None, dict.fromkeys(source.tests_of(cell), 0.0))


def solution(source: Source, cell: str) -> Answer:
    """The model answer, as it would look without the instructor's markers."""
    return written(source, cell, _model_answer(source.answers[cell]), "solution")


def written(source: Source, cell: str, text: str, name: str = "written") -> Answer:
    """Any right answer: all points, but for those that a person gives."""
    points = {
        grade_id: None if test.is_hand_graded else test.points
        for grade_id, test in source.tests_of(cell).items()
    }
    return Answer(cell, name, text, points)


def _model_answer(cell: Cell) -> str:
    text = _MARK_SCHEME.sub("", cell.text)
    return "\n".join(line for line in text.split("\n") if not _MARKER.search(line)).strip("\n")


def variants(source: Source) -> dict[tuple[str, str], Answer]:
    """All variants kept beside a source, under (answer cell, name).

    Raises:
        CourseErrors: what is wrong with any of them, each with file, line and remedy.
    """
    folder = source.file.parent / "answers"
    found: dict[tuple[str, str], Answer] = {}
    errors: list[CourseError] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_dir() or "__pycache__" in path.parts:
            continue
        try:
            answer = read_variant(source, path)
        except CourseErrors as several:
            errors += several.errors
        except CourseError as error:
            errors.append(error)
        else:
            found[answer.cell, answer.name] = answer
    raise_all(errors)
    return found


def read_variant(source: Source, path: Path) -> Answer:
    """Read one variant.

    Raises:
        CourseError, CourseErrors: its place, its name or its header is wrong.
    """
    cell = _cell_of(source, path)
    kind = path.stem.partition("-")[0]
    if kind not in _KEYS or path.suffix != ".py":
        raise CourseError(
            "The name of this file does not say what the answer is.",
            file=path,
            remedy="Call it right-<how>.py or wrong-<mistake>.py.",
        )
    header, lines_of, text = _split(path)
    wanted = _KEYS[kind]
    wrong = [
        CourseError(
            f"The header has no line '# {key}: …'.",
            file=path,
            line=1,
            remedy=_HEADER_REMEDY[kind],
        )
        for key in sorted(wanted - set(header))
    ] + [
        CourseError(
            f"The header line '{key}' does not belong to a {kind} answer.",
            file=path,
            line=lines_of[key],
            remedy=_HEADER_REMEDY[kind],
        )
        for key in sorted(set(header) - wanted)
    ]
    raise_all(wrong)
    if kind == "right":
        points = written(source, cell, text).points
        return Answer(cell, path.stem, text, points, way=header["way"], file=path)
    expected = _expected(source, cell, header["expects"], path, lines_of["expects"])
    return Answer(cell, path.stem, text, expected, mistake=header["mistake"], file=path)


_HEADER_REMEDY = {
    "right": "Begin the file with '# way: …' in words, and nothing else of this kind.",
    "wrong": "Begin the file with '# expects: task-1-a=0, …' and '# mistake: …' in words.",
}


def _cell_of(source: Source, path: Path) -> str:
    place = path.relative_to(source.file.parent / "answers").parts
    cell = place[0] if len(place) > 1 else ""
    if len(place) != 2 or cell not in source.answers:
        raise CourseError(
            f"No answer cell of {source.file.name} is called '{cell or path.name}'.",
            file=path,
            remedy=f"Put the file into a folder named after one of: {', '.join(source.answers)}.",
        )
    return cell


def _split(path: Path) -> tuple[dict[str, str], dict[str, int], str]:
    """The header, the line of each of its parts, and the rest of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header: dict[str, str] = {}
    lines_of: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        found = _HEADER.match(line)
        if not found or found["key"] not in {"way", "expects", "mistake"}:
            break
        header[found["key"]], lines_of[found["key"]] = found["value"], number
    return header, lines_of, "\n".join(lines[len(header) :]).strip("\n")


def _expected(
    source: Source, cell: str, text: str, path: Path, line: int
) -> dict[str, float | None]:
    tests = source.tests_of(cell)
    given: dict[str, float | None] = {}
    errors: list[CourseError] = []
    for part in text.split(","):
        name, _, number = (piece.strip() for piece in part.partition("="))
        try:
            points = float(number)
        except ValueError:
            points = -1.0
        if name not in tests:
            message = f"'{name}' does not grade the answer '{cell}'"
            remedy = f"Name each of: {', '.join(tests)}."
        elif not 0 <= points <= tests[name].points:
            message = f"'{number}' is no number of points from 0 to {tests[name].points:g}"
            remedy = f"Write what this answer gets for {name}, as in '{name}=0'."
        else:
            given[name] = points
            continue
        errors.append(CourseError(f"{message}.", file=path, line=line, remedy=remedy))
    missing = [name for name in tests if name not in given]
    if missing and not errors:
        errors.append(
            CourseError(
                f"The header does not say what {', '.join(missing)} gives.",
                file=path,
                line=line,
                remedy=f"Name each of: {', '.join(tests)}.",
            )
        )
    raise_all(errors)
    return given


def submission(folders: CourseFolders, source: Source, answers: Mapping[str, Answer]) -> str:
    """The text of the notebook that a student with these answers hands in.

    The student works in the released notebook, so that is what the answers are put into. Cells
    that are not named stay as they were handed out.

    Raises:
        CourseError: the released notebook is missing or lacks one of the cells.
    """
    path = folders.exercises / source.assignment / f"{source.file.stem}.ipynb"
    remedy = "Run 'safehaven derive'."
    if not path.is_file():
        raise CourseError("The student version does not exist.", file=path, remedy=remedy)
    notebook = ipynb.loads(path.read_text(encoding="utf-8"))
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    for answer in answers.values():
        if answer.text is None:
            continue
        if answer.cell not in cells:
            raise CourseError(
                f"The student version has no cell '{answer.cell}'.", file=path, remedy=remedy
            )
        cells[answer.cell].source = answer.text
    return ipynb.dumps(notebook)
