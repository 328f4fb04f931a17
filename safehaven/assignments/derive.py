"""Derive what a student receives: .md → instructor's notebook → nbgrader → exercises/."""

from __future__ import annotations

import filecmp
import hashlib
import importlib.metadata
import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safehaven.assignments.checks import check
from safehaven.assignments.notebook import build, notebook_of, same_content
from safehaven.assignments.source import Source, names, read, source_files
from safehaven.assignments.stock import SUBMISSIONS_EXIST, nbgrader_api, reason
from safehaven.errors import CourseError, CourseErrors, raise_all
from safehaven.folders import MARKER, CourseFolders
from safehaven.lessons import lesson_files, read_lessons

if TYPE_CHECKING:
    from nbgrader.apps import NbGraderAPI

GRADEBOOK = "gradebook.db"
_TOOLS = ("nbgrader", "nbconvert", "nbformat", "jupytext")

Report = Callable[[str], object]


@dataclass(frozen=True)
class Derived:
    """What became of one assignment.

    Attributes:
        name: the assignment.
        changed: whether it was derived anew; False where nothing had changed.
        seconds: how long that took.
    """

    name: str
    changed: bool
    seconds: float


def derive(
    folders: CourseFolders,
    assignments: Sequence[str] | None = None,
    *,
    report: Report = lambda _: None,
    force: bool = False,
) -> list[Derived]:
    """Bring exercises/ up to date with solutions/ and book/data.

    What has not changed since the last time is left alone. An assignment with a mistake keeps
    its old student version; the others are derived all the same.

    Args:
        folders: the course.
        assignments: names to derive; None for all.
        report: called with a line for every assignment that is derived.
        force: derive what has not changed too.

    Raises:
        CourseErrors: all mistakes of all assignments, each with file, line and remedy.
    """
    wanted = list(assignments) if assignments is not None else names(folders)
    errors: list[CourseError] = []
    derived: list[Derived] = []
    api: NbGraderAPI | None = None
    places = _places(folders)
    for name in wanted:
        begun = time.monotonic()
        try:
            changed = force or not _is_current(folders, name, places)
            if changed:
                sources = prepare(folders, name)
                api = api or nbgrader_api(folders)
                _generate(api, folders, name, sources)
                _remember(folders, name, sources, places)
                report(f"{name}: derived into {folders.exercises.name}/{name}")
        except CourseErrors as found:
            errors += found.errors
        except CourseError as found:
            errors.append(found)
        else:
            derived.append(Derived(name, changed, time.monotonic() - begun))
    raise_all(errors)
    return derived


def prepare(folders: CourseFolders, name: str) -> list[Source]:
    """Check one assignment, then write its instructor's notebook and its data beside it.

    Raises:
        CourseError, CourseErrors: its source has mistakes, or edits would be lost.
    """
    sources = read(folders, name)
    raise_all(error for source in sources for error in check(source, folders))
    for source in sources:
        if source.is_markdown:
            _write_notebook(folders, source)
            _copy_data(folders, source)
    return sources


def _places(folders: CourseFolders) -> dict[str, str]:
    """For each objective, where the course teaches it; the build of the book says what is wrong."""
    lessons, _ = read_lessons(folders.book)
    return {o.id: lesson.place(o) for lesson in lessons for o in lesson.head.objectives}


def stale(
    folders: CourseFolders, scratch: Path, assignments: Sequence[str] | None = None
) -> list[CourseError]:
    """Derive afresh in an empty folder, and say how exercises/ differs from that.

    Args:
        folders: the course, which is left as it is.
        scratch: an empty folder to work in.
        assignments: names to compare; None for all, and then for leftovers too.

    Raises:
        CourseErrors: the sources themselves have mistakes.
    """
    wanted = list(assignments) if assignments is not None else names(folders)
    fresh = CourseFolders(scratch)
    shutil.copyfile(folders.root / MARKER, scratch / MARKER)
    for name in wanted:
        _copy_source(folders, fresh, name)
    derive(fresh, wanted)
    differences = [
        error
        for name in wanted
        for error in _tree_differences(folders.exercises / name, fresh.exercises / name)
    ]
    if assignments is None and folders.exercises.is_dir():
        differences += [
            CourseError(
                "Nothing in solutions/ leads to this folder.",
                file=folder,
                remedy="Remove it, or restore its source.",
            )
            for folder in sorted(folders.exercises.iterdir())
            if folder.is_dir() and folder.name not in wanted
        ]
    return differences


def _copy_source(folders: CourseFolders, fresh: CourseFolders, name: str) -> None:
    is_markdown = any(file.suffix == ".md" for file in source_files(folders, name))
    ours = ["*.ipynb", "data"] if is_markdown else []
    shutil.copytree(
        folders.solutions / name,
        fresh.solutions / name,
        ignore=shutil.ignore_patterns("answers", ".ipynb_checkpoints", *ours),
    )
    for source in read(folders, name):
        for entry in source.about.data if source.about else ():
            if (folders.data / entry).is_file():
                (fresh.data / entry).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folders.data / entry, fresh.data / entry)
    for lesson in lesson_files(folders.book):
        copy = fresh.book / lesson.relative_to(folders.book)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(lesson, copy)


def _tree_differences(kept: Path, fresh: Path) -> list[CourseError]:
    remedy = "Run 'safehaven derive' and commit exercises/."
    old, new = _files(kept), _files(fresh)
    found = [
        CourseError("A fresh derivation does not give this file.", file=kept / name, remedy=remedy)
        for name in sorted(old - new)
    ]
    found += [
        CourseError("A fresh derivation gives this file too.", file=kept / name, remedy=remedy)
        for name in sorted(new - old)
    ]
    found += [
        CourseError("A fresh derivation differs from this file.", file=kept / name, remedy=remedy)
        for name in sorted(old & new)
        if not filecmp.cmp(kept / name, fresh / name, shallow=False)
    ]
    return found


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- the instructor's notebook and its data ---------------------------------------------------


def _write_notebook(folders: CourseFolders, source: Source) -> None:
    text, path = build(source, _rereads(folders, source)), notebook_of(source)
    if path.is_file():
        kept = path.read_text(encoding="utf-8")
        if kept == text:
            return
        if not same_content(kept, text) and _was_edited(folders, source, path):
            raise CourseError(
                f"This notebook is newer than {source.file.name} and says something else.",
                file=path,
                remedy=f"Keep the notebook's changes with 'jupytext --sync {path.name}', "
                "or remove the notebook to go back to the Markdown.",
            )
    path.write_text(text, encoding="utf-8", newline="\n")


def _rereads(folders: CourseFolders, source: Source) -> dict[str, str]:
    """For the ids of an assignment's tasks, where the course teaches what they ask."""
    tasks = source.about.tasks if source.about else {}
    places = _places(folders) if tasks else {}
    return {task: places[objective] for task, objective in tasks.items() if objective in places}


def _was_edited(folders: CourseFolders, source: Source, path: Path) -> bool:
    record = _record(folders, source.assignment)
    if record.get("inputs", {}).get(_relative(folders, path)) == _digest(path):
        return False  # as the last derivation left it
    return path.stat().st_mtime > source.file.stat().st_mtime


def _copy_data(folders: CourseFolders, source: Source) -> None:
    assert source.about is not None
    target = source.file.parent / "data"
    wanted = {entry.rpartition("/")[2]: folders.data / entry for entry in source.about.data}
    ours = _record(folders, source.assignment).get("data", [])
    for path in sorted(target.glob("*")) if target.is_dir() else ():
        if path.name not in wanted and path.name in ours:
            path.unlink()
        elif path.name not in wanted:
            raise CourseError(
                "This file lies among the derived data but is not declared.",
                file=path,
                remedy="Put the table into book/data with its provenance and add it to "
                "safehaven.data, or remove it here.",
            )
    for name, original in wanted.items():
        target.mkdir(exist_ok=True)
        copy = target / name
        if not copy.is_file() or not filecmp.cmp(original, copy, shallow=False):
            shutil.copyfile(original, copy)


# --- nbgrader ---------------------------------------------------------------------------------


def _generate(
    api: NbGraderAPI, folders: CourseFolders, name: str, sources: Sequence[Source]
) -> None:
    kept = folders.exercises / name
    with tempfile.TemporaryDirectory() as scratch:
        # nbgrader removes the old student version before it makes the new one.
        backup = Path(scratch) / name
        if kept.is_dir():
            shutil.copytree(kept, backup)
        result = api.generate_assignment(name, force=True, create=True)
        if result["success"]:
            return
        if backup.is_dir():
            shutil.copytree(backup, kept, dirs_exist_ok=True)
    why = reason(result)
    if SUBMISSIONS_EXIST in why:
        remedy = (
            f"Students have submitted the earlier version. Keep its cells, or give the new one "
            f"another name, or move {GRADEBOOK} and the submissions away first."
        )
    else:
        remedy = f"Run 'nbgrader generate_assignment {name} --force --debug' to see all of it."
    raise CourseError(f"nbgrader refused it: {why}.", file=sources[0].file, remedy=remedy)


# --- what was derived from what ---------------------------------------------------------------


def _record_file(folders: CourseFolders, name: str) -> Path:
    return folders.build / "assignments" / f"{name}.json"


def _record(folders: CourseFolders, name: str) -> dict[str, Any]:
    try:
        found = json.loads(_record_file(folders, name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_current(folders: CourseFolders, name: str, places: Mapping[str, str]) -> bool:
    record = _record(folders, name)
    return (
        bool(record)
        and record["tools"] == _tools()
        and record["places"] == {objective: places.get(objective) for objective in record["places"]}
        and record["inputs"] == _digests(folders, _inputs(folders, name, record["tables"]))
        and record["outputs"] == _digests(folders, _outputs(folders, name))
        and _in_gradebook(folders, name)
    )


def _remember(
    folders: CourseFolders, name: str, sources: Sequence[Source], places: Mapping[str, str]
) -> None:
    objectives = sorted({o for s in sources if s.about for o in s.about.tasks.values()})
    tables = sorted({entry for s in sources if s.about for entry in s.about.data})
    record = {
        "tools": _tools(),
        "tables": tables,
        "places": {objective: places.get(objective) for objective in objectives},
        "data": [entry.rpartition("/")[2] for entry in tables],
        "inputs": _digests(folders, _inputs(folders, name, tables)),
        "outputs": _digests(folders, _outputs(folders, name)),
    }
    path = _record_file(folders, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _inputs(folders: CourseFolders, name: str, tables: Iterable[str]) -> list[Path]:
    folder = folders.solutions / name
    written = [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not {"answers", ".ipynb_checkpoints"} & set(path.relative_to(folder).parts)
    ]
    return [*written, *(folders.data / entry for entry in tables), folders.root / MARKER]


def _outputs(folders: CourseFolders, name: str) -> list[Path]:
    return [path for path in (folders.exercises / name).rglob("*") if path.is_file()]


def _digests(folders: CourseFolders, paths: Iterable[Path]) -> dict[str, str]:
    return {_relative(folders, path): _digest(path) for path in sorted(paths)}


def _relative(folders: CourseFolders, path: Path) -> str:
    return path.relative_to(folders.root).as_posix()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


def _tools() -> dict[str, str]:
    """What takes part in a derivation and could change its result."""
    versions = {tool: importlib.metadata.version(tool) for tool in _TOOLS}
    package = Path(__file__).parents[1]
    own = [*sorted(package.glob("assignments/*.py")), package / "grading" / "__init__.py"]
    own.append(package / "grading" / "settings.py")
    return versions | {path.relative_to(package).as_posix(): _digest(path) for path in own}


def _in_gradebook(folders: CourseFolders, name: str) -> bool:
    """Whether the gradebook holds the assignment; asked of SQLite itself, which is quick."""
    path = folders.root / GRADEBOOK
    if not path.is_file():
        return False
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            query = (
                "select 1 from assignment join notebook on notebook.assignment_id = assignment.id "
                "where assignment.name = ?"
            )
            return connection.execute(query, (name,)).fetchone() is not None
        finally:
            connection.close()
    except sqlite3.Error:
        return False
