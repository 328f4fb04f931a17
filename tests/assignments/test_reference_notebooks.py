"""Every reference notebook runs top to bottom in a fresh kernel, quietly, offline and quickly."""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
#: One of the twelve, which are all rendered from the bank in the same way.
QUIZ = "quiz-07"

#: Runs as the first cell, so the kernel has started undisturbed. An audit hook sees what any
#: module asks of the network and cannot be taken away. It notes first and refuses then, so that
#: a notebook that catches the refusal is found too. The kernel's own messages do not pass here:
#: they are ZeroMQ's.
GUARD = """
def _guard(record):
    import sys
    import warnings

    calls = ("socket.connect", "socket.sendto", "socket.sendmsg")  # of a socket, with an address
    questions = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
                 "socket.getnameinfo")
    here = (None, "", "localhost", "127.0.0.1", "::1")

    def refuse(event, arguments):
        if event in calls and isinstance(arguments[1], tuple):  # others are Unix sockets
            asked = arguments[1][0]
        elif event in questions:
            asked = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
        else:
            return
        if (asked.decode() if isinstance(asked, bytes) else asked) not in here:
            with open(record, "a") as file:
                file.write(f"{event} {asked!r}\\n")
            raise OSError(f"This notebook is offline: {event}")

    sys.addaudithook(refuse)
    # A warning that the notebook's own lines cause; others are seen on stderr.
    warnings.filterwarnings("error", module="__main__")


_guard(%r)
del _guard
"""


@dataclass(frozen=True)
class Run:
    """What a notebook did.

    Attributes:
        complaints: errors, words on stderr and attempts to reach the network.
        counts: the execution count of each code cell of the notebook.
        results: what each cell that carries points gave last, by its id.
        seconds: from before the kernel's start until after its end.
    """

    complaints: list[str]
    counts: list[int | None]
    results: dict[str, str]
    seconds: float


@pytest.fixture
def sockets() -> Iterator[Path]:
    """A short path: that of a Unix socket may have about a hundred letters."""
    with tempfile.TemporaryDirectory(prefix="sh-") as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what somebody has set for kernels at home, and without a history shared by all."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.delenv("PYTHONSTARTUP", raising=False)
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)


def run(text: str, folder: Path, sockets: Path) -> Run:
    """Run a notebook in a folder."""
    notebook = nbformat.reads(text, as_version=4)
    record = sockets / "network"
    guard = nbformat.v4.new_code_cell(GUARD % str(record))
    notebook.cells.insert(0, guard)
    # Two kernels that start at once may be given one TCP port; a Unix socket has a path of its own.
    unix = Config({"ConnectionFileMixin": {"transport": "ipc", "ip": str(sockets / "kernel")}})
    begun = time.monotonic()
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        config=unix,
        timeout=SECONDS,
        startup_timeout=SECONDS,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    seconds = time.monotonic() - begun
    complaints = [
        f"cell {number}: {complaint}"
        for number, cell in enumerate(notebook.cells)
        for complaint in _complaints(cell)
    ]
    if record.is_file():
        complaints += record.read_text().splitlines()
    code = [cell for cell in notebook.cells[1:] if cell.cell_type == "code"]
    return Run(complaints, [c.execution_count for c in code], _results(code), seconds)


def _complaints(cell: nbformat.NotebookNode) -> Iterator[str]:
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            yield f"{output.ename}: {output.evalue}"
        elif output.output_type == "stream" and output.name == "stderr":
            yield output.text


def _results(cells: list[nbformat.NotebookNode]) -> dict[str, str]:
    return {
        cell.metadata.nbgrader.grade_id: output.data["text/plain"]
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("grade")
        for output in cell.outputs
        if output.output_type == "execute_result"
    }


def check(done: Run) -> None:
    assert done.complaints == []
    first = done.counts[0]
    assert first is not None
    assert done.counts == list(range(first, first + len(done.counts))), "each cell, once, in order"
    assert done.seconds < SECONDS, f"{done.seconds:.1f} s"


def exercises() -> list[str]:
    return [
        name for name in names(COURSE) if any(source.is_markdown for source in read(COURSE, name))
    ]


@pytest.mark.parametrize("name", exercises())
def test_the_reference_notebook_of_an_exercise_runs(
    name: str, tmp_path: Path, sockets: Path
) -> None:
    (source,) = read(COURSE, name)
    assert source.about is not None
    (tmp_path / "data").mkdir()
    for entry in source.about.data:
        shutil.copy(COURSE.data / entry, tmp_path / "data")
    done = run(build(source), tmp_path, sockets)
    check(done)
    given = {test: float(result) for test, result in done.results.items()}
    assert given == {test: source.graded[test].points for test in given}, "all points"


def test_the_reference_notebook_of_a_quiz_runs(tmp_path: Path, sockets: Path) -> None:
    course = CourseFolders(tmp_path / "course")
    course.root.mkdir()
    for name in ("book", "assessments"):  # these are only read
        (course.root / name).symlink_to(COURSE.root / name)
    (path,) = [path for path in write_quizzes(course) if path.stem == QUIZ]
    check(run(path.read_text(encoding="utf-8"), path.parent, sockets))


# --- the test would notice --------------------------------------------------------------------


def test_what_a_notebook_must_not_do_is_found(tmp_path: Path, sockets: Path) -> None:
    cells = [
        "1 / 0",
        "import warnings\nwarnings.warn('old', FutureWarning)",
        "import sys\nprint('a word', file=sys.stderr)",
        "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/')",
        "import socket\ntry:\n    socket.getaddrinfo('name.test', 80)\nexcept OSError:\n    pass",
        "socket.create_connection(('127.0.0.1', 9))",
        f"assert sys.executable == {sys.executable!r}",  # this Python, not another one's kernel
        "one, other = socket.socketpair()\none.sendall(b'.')\nassert other.recv(1) == b'.'",
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    found = run(nbformat.writes(made), tmp_path, sockets).complaints
    expected = [
        "cell 1: ZeroDivisionError",
        "cell 2: FutureWarning: old",
        "cell 3: a word",
        "cell 4: URLError.*offline",
        "cell 6: ConnectionRefusedError",  # here nobody listens, but asking is allowed
        r"socket\.\w+ .*192\.0\.2\.1",
        r"socket\.getaddrinfo 'name\.test'",
    ]
    assert len(found) == len(expected), found
    for complaint, pattern in zip(found, expected, strict=True):
        assert re.match(pattern, complaint), complaint
