"""Tricks with the notebook, its metadata and the files around it."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from tests.grading.attacks.course import ASSIGNMENT, LAST, WORK, Trick

TESTS = ("test-value", "test-function", "test-partial", "test-last")
FILE = f"{ASSIGNMENT}.ipynb"


def _tests(notebook: NotebookNode) -> list[NotebookNode]:
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") in TESTS]


def _cell(notebook: NotebookNode, name: str) -> NotebookNode:
    cells = notebook.cells
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def _about(**changes: Any) -> Trick:
    """Change the nbgrader metadata of all tests, which now hold nothing."""

    def trick(notebook: NotebookNode, _folder: Path) -> None:
        for cell in _tests(notebook):
            cell.metadata.nbgrader.update(changes)
            cell.source = "4"

    return trick


def _meta(**changes: Any) -> Trick:
    """Change the metadata of all cells and of the notebook."""

    def trick(notebook: NotebookNode, _folder: Path) -> None:
        for cell in notebook.cells:
            cell.metadata.update(copy.deepcopy(changes))
        notebook.metadata.update(copy.deepcopy(changes))

    return trick


def _text(text: str | bytes) -> Trick:
    """Another text in place of the notebook."""

    def trick(_notebook: NotebookNode, folder: Path) -> None:
        (folder / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())

    return trick


def _kernel(name: str, language: str) -> Trick:
    def trick(notebook: NotebookNode, _folder: Path) -> None:
        notebook.metadata.kernelspec = {"name": name, "display_name": name, "language": language}
        notebook.metadata.language_info = {"name": language}

    return trick


def _link(target: str, name: str = FILE) -> Trick:
    """A symbolic link; its target is seen from the submitted folder."""

    def trick(_notebook: NotebookNode, folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return trick


def _encoded(encoding: str) -> Trick:
    def trick(notebook: NotebookNode, folder: Path) -> None:
        notebook.cells[-1].source = "Größe"
        (folder / FILE).write_bytes(nbformat.writes(notebook).encode(encoding))

    return trick


def duplicated(notebook: NotebookNode, _folder: Path) -> None:
    for cell in _tests(notebook):
        easy = copy.deepcopy(cell)
        easy.source, easy.id = "4", cell.id[:4] + "copy"
        notebook.cells.insert(notebook.cells.index(cell), easy)


def swapped_ids(notebook: NotebookNode, _folder: Path) -> None:
    work, test = _cell(notebook, "work"), _cell(notebook, "test-partial")
    work.metadata, test.metadata = test.metadata, work.metadata
    work.source = "4"


def own_graded_cell(notebook: NotebookNode, _folder: Path) -> None:
    about = {"grade": True, "solution": False, "locked": True, "points": 50, "grade_id": "mine"}
    about |= {"schema_version": 3, "task": False, "cell_type": "code"}
    notebook.cells.append(new_code_cell("50", metadata={"nbgrader": about}))


def markdown_tests(notebook: NotebookNode, _folder: Path) -> None:
    for cell in _tests(notebook):
        cell.cell_type = "markdown"
        cell.pop("outputs"), cell.pop("execution_count")


def outputs_kept(notebook: NotebookNode, _folder: Path) -> None:
    full = {"data": {"text/plain": "4"}, "execution_count": 9}
    for cell in _tests(notebook):
        cell.outputs = [new_output("execute_result", **full)]
        cell.execution_count = 9
        cell.metadata.tags = ["skip-execution"]


def tests_deleted(notebook: NotebookNode, _folder: Path) -> None:
    notebook.cells = [c for c in notebook.cells if c not in _tests(notebook)]


def all_deleted(notebook: NotebookNode, _folder: Path) -> None:
    notebook.cells = []


def reversed_cells(notebook: NotebookNode, _folder: Path) -> None:
    notebook.cells.reverse()


def locked_changed(notebook: NotebookNode, _folder: Path) -> None:
    fake = "class A:\n    def __getattr__(self, n): return lambda *a, **k: True\nnp = pd = A()"
    _cell(notebook, "imports").source = fake


def script(notebook: NotebookNode, _folder: Path) -> None:
    xss = "<script>alert('XSS')</script><img src=x onerror=alert('XSS')>"
    _cell(notebook, "work").source = (
        "from IPython.display import HTML, Javascript, display\n"
        f"display(HTML({xss!r}), Javascript('alert(1)'))\nraise ValueError({xss!r})"
    )
    _cell(notebook, "why").source = xss
    notebook.metadata.title = xss


def modules(_notebook: NotebookNode, folder: Path) -> None:
    fake = "def __getattr__(name): return lambda *a, **k: True\n"
    for name in ("numpy", "pandas", "json", "inside", "sitecustomize", "ipykernel_launcher"):
        (folder / f"{name}.py").write_text(fake, encoding="utf-8")
    (folder / "numbers.csv").write_text("n\n", encoding="utf-8")
    for place in (".ipython/profile_default/startup", ".jupyter", "profile_default/startup"):
        (folder / place).mkdir(parents=True)
        (folder / place / "00.py").write_text("answer = 42", encoding="utf-8")
    (folder / "ipython_config.py").write_text("c.X = 1", encoding="utf-8")
    (folder / "nbgrader_config.py").write_text("raise SystemExit", encoding="utf-8")


def is_folder(_notebook: NotebookNode, folder: Path) -> None:
    (folder / FILE).mkdir()


def pipe(_notebook: NotebookNode, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "more.ipynb")


def oversized(notebook: NotebookNode, _folder: Path) -> None:
    notebook.cells[-1].source = "x" * 30_000_000


def too_much_data(_notebook: NotebookNode, folder: Path) -> None:
    for number in range(5):
        with (folder / f"data{number}.csv").open("wb") as file:
            file.truncate(15 * 2**20)


def many_cells(notebook: NotebookNode, _folder: Path) -> None:
    notebook.cells += [new_code_cell("1") for _ in range(20_000)]


def data_links(_notebook: NotebookNode, folder: Path) -> None:
    (folder / "numbers.csv").unlink()
    (folder / "numbers.csv").symlink_to("../../../gradebook.db")
    (folder / "all").symlink_to("../../..")
    (folder / "self").symlink_to(".")


def link_and_read(notebook: NotebookNode, folder: Path) -> None:
    data_links(notebook, folder)
    _cell(notebook, "work").source = (
        "import os\nfor place, _, files in os.walk('.', followlinks=True):\n"
        "    if place.count('/') > 6: break\n"
        "    for file in files: print(open(os.path.join(place, file), 'rb').read()[:10**6])"
    )


def two_notebooks(notebook: NotebookNode, folder: Path) -> None:
    second = copy.deepcopy(notebook)
    duplicated(second, folder)
    nbformat.write(second, folder / f"{ASSIGNMENT}-Copy1.ipynb")


def wrong_order(notebook: NotebookNode, _folder: Path) -> None:
    """The right answers stand below the tests, where they come too late."""
    last = notebook.cells[-1]
    notebook.cells.insert(notebook.cells.index(last), new_code_cell(f"{WORK}\n{LAST}"))


def attached(notebook: NotebookNode, folder: Path) -> None:
    notebook.cells[-1].attachments = {"../../x.png": {"image/png": "AAAA"}}
    for cell in notebook.cells:
        cell.id = "../../../x"
    (folder / FILE).write_text(json.dumps(notebook), encoding="utf-8")


_OWN = {"points": 100, "max_score": 100}
SHAPES: dict[str, Trick] = {
    "points-raised": _about(**_OWN),
    "points-odd": _about(points=float("1e308")),
    "points-text": _about(points="NaN"),
    "tests-unlocked": _about(locked=False, solution=True),
    "tests-no-grade": _about(grade=False),
    "tests-are-tasks": _about(task=True, grade=False),
    "schema-old": _about(schema_version=1),
    "schema-new": _about(schema_version=99),
    "schema-odd": _about(schema_version={"$ref": []}),
    "ids-odd": _about(grade_id="../../../gradebook.db"),
    "ids-list": _about(grade_id=["test-value"]),
    "checksum": _about(checksum="0" * 32, cell_type="markdown"),
    "duplicated": duplicated,
    "swapped-ids": swapped_ids,
    "own-graded-cell": own_graded_cell,
    "markdown-tests": markdown_tests,
    "outputs-kept": outputs_kept,
    "tests-deleted": tests_deleted,
    "all-deleted": all_deleted,
    "reversed": reversed_cells,
    "locked-changed": locked_changed,
    "script": script,
    "modules": modules,
    "is-folder": is_folder,
    "pipe": pipe,
    "oversized": oversized,
    "too-much-data": too_much_data,
    "many-cells": many_cells,
    "data-links": data_links,
    "link-and-read": link_and_read,
    "two-notebooks": two_notebooks,
    "wrong-order": wrong_order,
    "attached": attached,
    "tags-skip": _meta(tags=["skip-execution", "raises-exception", "remove_cell"]),
    "allow-errors": _meta(execution={"allow_errors": True, "timeout": 0, "kernel_name": "x"}),
    "nbgrader-text": _meta(nbgrader="solution"),
    "kernel-missing": _kernel("no-such-kernel", "python"),
    "kernel-bash": _kernel("../../bin/bash", "bash"),
    "link-source": _link(f"../../../source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"),
    "link-neighbour": _link(f"../../neighbour/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"),
    "link-device": _link("/dev/zero"),
    "link-loop": _link(FILE),
    "link-time": _link("../../../gradebook.db", "timestamp.txt"),
    "empty": _text(""),
    "no-json": _text("{"),
    "null": _text("null"),
    "list": _text("[]"),
    "nested": _text("[" * 200_000),
    "nested-object": _text('{"cells": ' * 100_000),
    "big-number": _text('{"nbformat": ' + "9" * 100_000 + "}"),
    "not-a-number": _text(json.dumps({"nbformat": float("nan"), "cells": [], "metadata": {}})),
    "zeros": _text(b"\0" * 1000),
    "lone-surrogate": _text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {"a": "\\ud800"}}'),
    "utf-16": _encoded("utf-16"),
    "latin-1": _encoded("latin-1"),
    "with-mark": _encoded("utf-8-sig"),
}

#: Ids of students that are patterns, options, markup or nearly paths; each hands in wrong answers.
NAMES = (
    "*",
    "?eighbour",
    "[a-z]*",
    "{a,b}",
    "-rf",
    "--force",
    "a b'c\"d",
    "$(touch x)",
    "%s{0}",
    "...",
    "~",
    "\\",
    "neighbour ",
    "Neighbour",
    "<img src=x onerror=alert(1)>",
    "'; DROP TABLE grade; --",
    "naïve-\u202eabc",
    "x" * 120,
    "y" * 128,
    "..%2f..%2fneighbour",
    ".hidden",
    "neighbour.ipynb",
    "é" * 127,
)
#: Folders whose names can be nobody's id: the gradebook has no room for them, or no line.
NO_IDS = ("line\nbreak", "z" * 129, "9" * 255)
