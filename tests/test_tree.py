"""The tree is what CONTRIBUTING.md says: rooms in one direction, derived files named."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from safehaven.folders import find_course

ROOT = find_course(Path(__file__)).root
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: The rooms from left to right; modules at the top of the package come first.
ROOMS = ("bank", "render", "assignments", "book", "grading", "cli")


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def room_of(module: str) -> int:
    parts = module.split(".")
    return ROOMS.index(parts[1]) if len(parts) > 1 and parts[1] in ROOMS else -1


def imports(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("safehaven"):
            found.append(node.module)
    return found


#: A check of a room that has to see the lessons or the spelling list uses modules at the top.
FILES = sorted((ROOT / "safehaven").rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_room_imports_from_a_room_to_its_right(file):
    here = room_of(".".join(file.relative_to(ROOT).with_suffix("").parts))
    for module in imports(file):
        assert room_of(module) <= here or here == -1, f"{file.name} imports {module}"
        if here == -1:
            assert room_of(module) == -1 or file.name == "__init__.py", module


def test_the_book_does_not_know_nbgrader():
    for file in (ROOT / "safehaven" / "book").rglob("*.py"):
        assert "import nbgrader" not in file.read_text(encoding="utf-8")


def test_every_room_is_in_the_table():
    for room in ROOMS:
        assert f"`safehaven.{room}`" in CONTRIBUTING


def derived_rows() -> list[tuple[str, bool]]:
    """Pattern and whether git keeps it, from the table of derived files."""
    rows = []
    for line in CONTRIBUTING.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[1] in ("yes", "no"):
            rows += [(pattern, cells[1] == "yes") for pattern in re.findall(r"`([^`]+)`", cells[0])]
    return rows


@pytest.mark.parametrize(("pattern", "kept"), derived_rows())
def test_git_keeps_the_derived_files_that_the_table_says(pattern, kept):
    glob = pattern.removesuffix("/") + ("/**" if pattern.endswith("/") else "")
    regex = re.compile(re.escape(glob).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") + "$")
    found = [name for name in tracked() if regex.match(name)]
    assert bool(found) == kept, found[:3]


def test_the_table_of_derived_files_is_there():
    assert len(derived_rows()) >= 7


def test_nothing_private_or_local_is_kept():
    private = re.compile(
        r"((^|/)gradebook\.db$)|^(submitted|autograded|feedback|grading|private|\.venv|_build)/"
    )
    assert [name for name in tracked() if private.search(name)] == []
