"""No exercise stops a first-time student by its tools: it checks what it needs, and shows calls."""

import ast
import re
import shutil
from collections.abc import Iterator
from importlib import util
from pathlib import Path

import pytest
from course_exercises import COURSE, SOURCES

from safehaven.assignments.source import Cell, Source

exercises = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


# --- the first cell ---------------------------------------------------------------------------


def first_code(source: Source) -> Cell:
    return next(cell for cell in source.cells if cell.kind == "code")


def data_beside(source: Source, folder: Path) -> None:
    assert source.about is not None
    (folder / "data").mkdir()
    for entry in source.about.data:
        shutil.copy(COURSE.data / entry, folder / "data")


def libraries(source: Source) -> set[str]:
    """What the notebook imports that Python itself does not bring along."""
    imported: set[str] = set()
    for cell in source.cells:
        for node in ast.walk(ast.parse(cell.text if cell.kind == "code" else "")):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(str(node.module).partition(".")[0])
    return imported & {"pandas", "networkx", "numpy"}


@exercises
def test_the_first_cell_is_content_where_everything_is_there(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_beside(source, tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(first_code(source).text, {})


@exercises
def test_the_first_cell_names_each_missing_table_and_the_way_to_it(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source.about is not None
    data_beside(source, tmp_path)
    monkeypatch.chdir(tmp_path)
    for entry in source.about.data:
        path = tmp_path / "data" / entry.rpartition("/")[2]
        kept = path.rename(path.with_suffix(".away"))
        with pytest.raises(RuntimeError, match=re.escape(path.name)) as found:
            exec(first_code(source).text, {})
        assert "Fetch the whole folder" in " ".join(str(found.value).split())
        kept.rename(path)


@exercises
def test_the_first_cell_names_each_missing_library_and_the_page_that_helps(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = (COURSE.book / "start" / "how-to-use.md").read_text(encoding="utf-8").split("\n")[0]
    data_beside(source, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert "pandas" in libraries(source)
    for library in libraries(source) - {"numpy"}:  # pandas brings it along
        monkeypatch.setattr(util, "find_spec", lambda name, gone=library: name != gone or None)
        with pytest.raises(RuntimeError, match=library) as found:
            exec(first_code(source).text, {})
        assert f"'{title.removeprefix('# ')}'" in str(found.value)


# --- each call is shown before it is asked for ------------------------------------------------

#: What somebody with beginner's Python knows. Everything else in a model answer must stand in a
#: cell or in the text above it.
BUILT_IN = (print, len, range, int, float, str, bool, list, dict, set, tuple, zip, enumerate, sum)
BUILT_IN += (min, max, sorted, round, abs)
KNOWN = frozenset({call.__name__ for call in BUILT_IN} | {".append"})


def calls(tree: ast.AST, lines: set[int] | None = None) -> Iterator[tuple[str, int]]:
    """The calls, keywords, attributes and operators that need showing, and their lines."""
    for node in ast.walk(tree):
        line: int = getattr(node, "lineno", 0)
        if lines is not None and line not in lines:
            continue
        if isinstance(node, ast.Call):
            name = _name(node.func)
            yield name, line
            # What min can be given max can be given too.
            yield from ((f"{name}({k.arg}=)".replace("min(", "max("), line) for k in node.keywords)
        elif isinstance(node, ast.Attribute):
            yield f".{node.attr}", line
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            yield "a comprehension", line
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
            yield "`&`" if isinstance(node.op, ast.BitAnd) else "`|`", line


def _name(function: ast.expr) -> str:
    return f".{function.attr}" if isinstance(function, ast.Attribute) else ast.unparse(function)


def solution_lines(text: str) -> set[int]:
    lines, inside = set(), False
    for number, line in enumerate(text.split("\n"), 1):
        if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside:
            lines.add(number)
    return lines


def not_shown(cells: tuple[Cell, ...]) -> Iterator[str]:
    shown, text = set(KNOWN), ""
    for cell in cells:
        if cell.kind == "markdown":
            text += cell.text
        elif not cell.is_test:
            tree = ast.parse(cell.text)
            own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            asked = calls(tree, solution_lines(cell.text)) if cell.is_answer else ()
            for call, line in asked:
                if call not in shown | own and not _stands_in(call, text):
                    yield f"{cell.grade_id}, line {line}: {call}"
            # What a model answer does, a student does not see; the functions asked for stay.
            shown |= own if cell.is_answer else own | {call for call, _ in calls(tree)}


def _stands_in(call: str, text: str) -> bool:
    if call.startswith("`"):
        return call in text
    return re.search(rf"\b{re.escape(call.removeprefix('.'))}\b", text) is not None


@exercises
def test_what_a_model_answer_calls_is_shown_above_it(source: Source) -> None:
    assert list(not_shown(source.cells)) == []


def test_a_call_that_is_not_shown_is_found() -> None:
    given = {"grade": False, "solution": True, "grade_id": "task-1"}
    answer = (
        "def f(table):\n    ### BEGIN SOLUTION\n    return table.groupby('a', sort=True).size()\n"
        "    ### END SOLUTION\n"
    )
    cells = (
        Cell("markdown", "`size` counts rows.", {}, 1, 1),
        Cell("code", "table.groupby('b')", {}, 2, 2),
        Cell("code", answer, {"nbgrader": given}, 3, 6),
    )
    assert list(not_shown(cells)) == ["task-1, line 3: .groupby(sort=)"]
    assert list(not_shown(cells[2:])) == [
        "task-1, line 3: .size",
        "task-1, line 3: .size",
        "task-1, line 3: .groupby",
        "task-1, line 3: .groupby(sort=)",
        "task-1, line 3: .groupby",
    ]
