"""Memory does not grow with the class; progress is told in lines; fingerprints tell files apart."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from safehaven.grading.outcome import Outcome
from safehaven.grading.run.fingerprint import _FILES, folder_fingerprint
from safehaven.grading.run.progress import Progress, on_terminal
from safehaven.grading.run.usage import measure
from tests.grading import run_class as small

STUDENTS = 300
#: Grades a class, and notes the memory of all processes early and late.
WATCH = """
import json, os, pathlib, sys
from safehaven.grading.run import grade
from safehaven.grading.run.usage import _family, _memory

seen = {}


def look(line):
    number = int(line.partition("/")[0])
    if number in (60, 300):
        seen[number] = sum(map(_memory, _family(os.getpid())))


grade(pathlib.Path(sys.argv[1]), sys.argv[2], workers=2, report=look)
print(json.dumps(seen))
"""


def test_memory_does_not_grow_with_the_class(tmp_path: Path) -> None:
    course = small.make_course(tmp_path / "course")
    small.hand_in_class(course, STUDENTS)
    with small.python(WATCH, str(course), small.ASSIGNMENT, stdout=subprocess.PIPE) as run:
        said, _ = run.communicate(timeout=300)
    early, late = json.loads(said).values()
    assert len(small.journal_of(course)) == STUDENTS
    # Of each student the outcome is kept, for the report.
    assert late < 1.1 * early, f"{early} bytes became {late}"


def test_progress_tells_count_rate_and_time_left() -> None:
    now = [0.0]
    lines: list[str] = []
    progress = Progress(7, lines.append, clock=lambda: now[0])
    progress.keep()
    now[0] = 2.0
    progress.add(Outcome("a\x1b[2J", "sums", "graded", score=1.5, maximum=2))
    now[0] = 8.0
    progress.add(Outcome("b", "sums", "ungradable"))
    now[0] = 4 * 60 * 60
    progress.add(Outcome("c", "sums", "tampered", score=0.0, maximum=2))
    assert lines[0].endswith("graded, 1.5 of 2  (30.0 a minute, 10 s left)")
    assert "\x1b" not in lines[0]
    assert lines[1] == "3/7  b  ungradable  (15.0 a minute, 16 s left)"
    assert lines[2] == "4/7  c  tampered, 0 of 2  (0.0 a minute, 4 h 0 min left)"


def test_a_terminal_keeps_one_line_and_a_file_keeps_all() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, file = Terminal(), io.StringIO()
    for stream in (terminal, file):
        report = on_terminal(stream)
        report("1/2")
        report("2/2")
    assert terminal.getvalue() == "1/2\n\x1b[A\x1b[2K2/2\n"
    assert file.getvalue() == "1/2\n2/2\n"


def test_a_fingerprint_changes_with_every_file(tmp_path: Path) -> None:
    folder = tmp_path / "handed-in"
    (folder / "data").mkdir(parents=True)
    (folder / "a.ipynb").write_text("{}")
    found = [folder_fingerprint(folder)]
    assert folder_fingerprint(folder) == found[0]
    (folder / "a.ipynb").write_text("{ }")
    found.append(folder_fingerprint(folder))
    (folder / "data" / "b.csv").write_text("{ }")
    found.append(folder_fingerprint(folder))
    (folder / "data" / "b.csv").rename(folder / "data" / "c.csv")
    found.append(folder_fingerprint(folder))
    (folder / "link").symlink_to("/etc/passwd")
    found.append(folder_fingerprint(folder))
    (folder / "link").unlink()
    (folder / "link").symlink_to("/etc/hosts")
    found.append(folder_fingerprint(folder))
    (folder / os.fsdecode(b"\xff")).write_text("")
    found.append(folder_fingerprint(folder))
    assert len(set(found)) == len(found)
    assert folder_fingerprint(tmp_path / "none") == folder_fingerprint(tmp_path / "nowhere")


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder with more folders in each other than Python has calls."""
    folder, here = tmp_path / "deep", Path.cwd()
    folder.mkdir()
    try:
        os.chdir(folder)
        for _ in range(1100):
            # No path is long enough for what comes.
            os.mkdir("d" * 10)  # noqa: PTH102
            os.chdir("d" * 10)
        Path("bottom.txt").touch()
        os.chdir(here)
        yield folder
    finally:
        os.chdir(here)
        # Python's own removal of folders does not get to the bottom of it.
        subprocess.run(["rm", "-r", str(folder)], check=True)


def test_a_hostile_folder_has_a_fingerprint_in_no_time(tmp_path: Path, deep: Path) -> None:
    assert folder_fingerprint(deep) == folder_fingerprint(deep)
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(1 << 40)
    many = tmp_path / "many"
    many.mkdir()
    before = folder_fingerprint(tmp_path)
    for number in range(_FILES + 10):
        (many / str(number)).touch()
    assert folder_fingerprint(tmp_path) != before


def test_what_a_command_uses_counts_all_its_processes(tmp_path: Path) -> None:
    burn = "import time\nend = time.process_time() + 0.6\nwhile time.process_time() < end: pass"
    code = f"import subprocess, sys\nkept = b'x' * 80_000_000\n{burn}\n"
    code += f"subprocess.run([sys.executable, '-c', {burn!r}])\nprint('done')"
    used = measure(["python3", "-c", code], tmp_path, tmp_path / "log")
    assert used.status == 0
    assert used.said == "done"
    assert used.cpu_seconds == pytest.approx(1.25, abs=0.3)
    assert used.seconds >= used.cpu_seconds - 0.1
    assert 80_000_000 < used.peak_bytes < 160_000_000
    assert measure(["false"], tmp_path, tmp_path / "log").status == 1
