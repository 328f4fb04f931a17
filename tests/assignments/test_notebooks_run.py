"""Every reference notebook runs top to bottom in a fresh kernel, quietly, offline and quickly."""

import shutil
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

from safehaven.assignments.notebook import build
from safehaven.assignments.quizzes import write_quizzes
from safehaven.assignments.source import names, read
from safehaven.folders import CourseFolders, find_course

COURSE = find_course(Path(__file__))
SECONDS = 20

#: Python runs a module of this name when it starts. The kernel itself talks over 127.0.0.1.
NO_NETWORK = """
import socket

_connect, _look_up = socket.socket.connect, socket.getaddrinfo


def _is_here(host):
    return host in (None, "", "localhost", "::1") or str(host).startswith("127.")


def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
        raise OSError(f"the network is closed in this test: {address[0]}")
    return _connect(self, address)


def look_up(host, *args, **kwargs):
    if not _is_here(host):
        raise OSError(f"the network is closed in this test: {host}")
    return _look_up(host, *args, **kwargs)


socket.socket.connect, socket.getaddrinfo = connect, look_up
"""


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels of this Python that are offline, and in which a notebook's warning is an error."""
    (tmp_path / "offline").mkdir()
    (tmp_path / "offline" / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "offline"))
    # A warning that the notebook's own lines cause. Others would be seen on stderr.
    monkeypatch.setenv("PYTHONWARNINGS", "error:::__main__")


def run(text: str, folder: Path) -> Any:
    """Run a notebook in a folder; an error in a cell is raised here."""
    notebook = nbformat.reads(text, as_version=4)
    NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        # Two kernels that start at once can be given the same port, but not the same file.
        config=Config({"ConnectionFileMixin": {"transport": "ipc"}}),
    ).execute()
    return notebook


def complaints(notebook: Any) -> list[str]:
    """What a kernel said on stderr."""
    return [
        f"cell {number}: {output.text}"
        for number, cell in enumerate(notebook.cells, 1)
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]


def check(text: str, folder: Path) -> None:
    begun = time.monotonic()
    notebook = run(text, folder)
    seconds = time.monotonic() - begun
    assert complaints(notebook) == []
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1)), "each code cell, once, from the top"
    assert seconds < SECONDS, f"{seconds:.1f} s"


def exercises() -> list[str]:
    return [
        name for name in names(COURSE) if any(source.is_markdown for source in read(COURSE, name))
    ]


@pytest.mark.parametrize("name", exercises())
@pytest.mark.usefixtures("kernel")
def test_the_reference_notebook_of_an_exercise_runs(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    (folder / "data").mkdir(parents=True)
    for source in read(COURSE, name):
        for entry in source.about.data if source.about else ():
            shutil.copy(COURSE.data / entry, folder / "data")
        check(build(source), folder)


@pytest.mark.usefixtures("kernel")
def test_the_reference_notebooks_of_the_quizzes_run(tmp_path: Path) -> None:
    scratch = CourseFolders(tmp_path / "course")
    for name in ("book", "assessments"):
        shutil.copytree(COURSE.root / name, scratch.root / name)
    quizzes = write_quizzes(scratch)
    assert len(quizzes) == 12
    for path in quizzes:
        check(path.read_text(encoding="utf-8"), path.parent)


# --- the test would notice --------------------------------------------------------------------


def notebook_of(*cells: str) -> str:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    return nbformat.writes(made)


@pytest.mark.usefixtures("kernel")
@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import warnings\nwarnings.warn('old', FutureWarning)", "FutureWarning"),
        ("import urllib.request\nurllib.request.urlopen('http://192.0.2.1')", "network is closed"),
        ("import urllib.request\nurllib.request.urlopen('https://a.test')", "network is closed"),
        ("import socket\nsocket.create_connection(('192.0.2.1', 80))", "network is closed"),
    ],
)
def test_an_error_a_warning_and_the_network_are_noticed(
    cell: str, message: str, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match=message):
        run(notebook_of(cell), tmp_path)


@pytest.mark.usefixtures("kernel")
def test_words_on_stderr_are_noticed(tmp_path: Path) -> None:
    done = run(notebook_of("import sys", "print('careful', file=sys.stderr)"), tmp_path)
    assert complaints(done) == ["cell 2: careful\n"]
