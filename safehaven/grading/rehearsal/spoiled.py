"""What some of a large class hand in: broken files, and code that harms or cheats.

Code stands in a cell of its own before all others, so the answers below it keep their worth.
Each piece is bounded: outside a sandbox it would cost little.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safehaven.grading.outcome import Status

#: Changes a notebook that was handed in, given its path.
Spoil = Callable[[Path], None]

_GRADED: tuple[Status, ...] = ("graded", "graded with notes")
_NOTED: tuple[Status, ...] = ("graded with notes",)


@dataclass(frozen=True)
class Spoiled:
    """One way in which a notebook comes in broken or hostile.

    Attributes:
        name: a short word.
        what: in words.
        spoil: makes it so.
        statuses: what may become of it; where it is graded, the answers count as ever.
    """

    name: str
    what: str
    spoil: Spoil
    statuses: tuple[Status, ...]


def _cut(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")


def _empty(path: Path) -> None:
    path.write_text("", encoding="utf-8")


def _rename(path: Path) -> None:
    path.rename(path.with_name(f"{path.stem} (1).ipynb"))


def _other_encoding(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-16")


def _duplicate_a_test(path: Path) -> None:
    notebook = _read(path)
    cells = notebook["cells"]
    place = _first_test(cells)
    cells.insert(place, cells[place])
    _write(path, notebook)


def _delete_a_test(path: Path) -> None:
    notebook = _read(path)
    del notebook["cells"][_first_test(notebook["cells"])]
    _write(path, notebook)


def _first_test(cells: list[dict[str, Any]]) -> int:
    return next(
        place
        for place, cell in enumerate(cells)
        if (about := cell["metadata"].get("nbgrader", {})).get("grade") and not about["solution"]
    )


def _huge_output(path: Path) -> None:
    notebook = _read(path)
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    text = "x" * 99 + "\n"
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [text] * 50_000}]
    _write(path, notebook)


def _code(source: str) -> Spoil:
    """Put a cell with this code before all others."""

    def spoil(path: Path) -> None:
        notebook = _read(path)
        cell: dict[str, Any] = {"cell_type": "code", "id": "first", "source": source.strip("\n")}
        notebook["cells"].insert(0, cell | {"execution_count": None, "metadata": {}, "outputs": []})
        _write(path, notebook)

    return spoil


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, notebook: Any) -> None:
    path.write_text(json.dumps(notebook), encoding="utf-8")


_FORKS = """
import os, time
for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
    except OSError as error:
        print(error)
        break
"""
_FLOOD = "for _ in range(100_000):\n    print('x' * 1000)"
_MEMORY = "hold = [bytearray(b'x' * 10**8) for _ in range(30)]"
_DISK = (
    "with open('fill', 'wb') as file:\n    for _ in range(600):\n        file.write(b'x' * 10**6)"
)
_NETWORK = """
import socket
socket.create_connection(('192.0.2.1', 80), timeout=2).sendall(b'hello')
"""
_GRADEBOOK = """
import pathlib
for place in ('../../../gradebook.db', '../../../solutions', '/etc/shadow'):
    try:
        print(len(pathlib.Path(place).read_bytes()))
    except OSError as error:
        print(error)
"""
_TAMPER = """
import ast
class NoTests(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(NoTests())
"""

#: Those that take long stand later, so that a small class is graded in no time.
SPOILED: tuple[Spoiled, ...] = (
    Spoiled("cut", "a file that was cut off", _cut, ("ungradable",)),
    Spoiled("renamed", "a notebook under another name", _rename, _NOTED),
    Spoiled("tamper", "code that empties the tests", _code(_TAMPER), ("tampered",)),
    Spoiled("deleted", "a test cell deleted", _delete_a_test, _NOTED),
    Spoiled("exit", "code that ends the kernel", _code("import os; os._exit(1)"), _NOTED),
    Spoiled("spy", "code that looks for the gradebook", _code(_GRADEBOOK), _GRADED),
    Spoiled("duplicated", "a test cell twice", _duplicate_a_test, _NOTED),
    Spoiled("loop", "a loop that does not end", _code("while True: pass"), _NOTED),
    Spoiled("memory", "code that takes all memory", _code(_MEMORY), _GRADED),
    Spoiled("network", "code that calls another machine", _code(_NETWORK), _GRADED),
    Spoiled("empty", "an empty file", _empty, ("ungradable",)),
    Spoiled("disk", "code that fills the disk", _code(_DISK), _GRADED),
    Spoiled("encoding", "a notebook in another encoding", _other_encoding, _NOTED),
    Spoiled("huge", "five megabytes of output in the file", _huge_output, _GRADED),
    Spoiled("forks", "code that starts processes without end", _code(_FORKS), _GRADED),
    Spoiled("flood", "a hundred megabytes of output", _code(_FLOOD), _GRADED),
)
