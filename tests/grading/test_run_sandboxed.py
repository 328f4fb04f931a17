"""Real student code in the real sandbox: forked workers, unforked ones, a cluster, and kills."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from safehaven.errors import CourseError
from safehaven.grading.run import grade
from safehaven.grading.sandbox import Limits
from tests.grading import run_class as small

PLAIN = "c = get_config()\nc.CourseDirectory.course_id = 'small'\n"
STUDENTS = ["student-000", "student-001", "student-002"]
SCORES = [3.0, 2.0, 0.0]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that changes nothing of nbgrader's: student code runs in kernels."""
    root = small.make_course(tmp_path_factory.mktemp("made") / "course", PLAIN)
    small.hand_in_class(root, len(STUDENTS))
    return root


@pytest.fixture
def course(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "course"))


def scores(course: Path) -> list[float | None]:
    found = small.graded(course)
    place = (small.ASSIGNMENT, "test-empty"), (small.ASSIGNMENT, "test-two")
    return [sum(found["grade", student, *p][0] for p in place) for student in STUDENTS]


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder with a short name, by which the sandboxes are known that work in it."""
    with tempfile.TemporaryDirectory(prefix="run", ignore_cleanup_errors=True) as name:
        yield Path(name)


def sandboxes(scratch: Path) -> list[bytes]:
    """The command lines of the sandboxes that keep their files in a folder."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdecimal():
                found.append((folder / "cmdline").read_bytes())
    return [command for command in found if os.fsencode(scratch) in command]


def test_workers_without_a_common_fork_server_have_their_own(course: Path) -> None:
    go = threading.Event()
    thread = threading.Thread(target=go.wait)
    thread.start()
    try:
        result = grade(course, small.ASSIGNMENT, workers=2)
    finally:
        go.set()
        thread.join()
    assert scores(course) == SCORES
    assert {outcome.status for outcome in result.outcomes} == {"graded"}


def test_files_that_do_not_fit_are_one_submissions_own_trouble(course: Path) -> None:
    folder = small.hand_in(course, "large")
    (folder / "noise.csv").write_bytes(bytes(8 * 2**20))
    result = grade(course, small.ASSIGNMENT, workers=2, limits=Limits(disk_bytes=6 * 2**20))
    assert scores(course) == SCORES
    (large,) = (outcome for outcome in result.outcomes if outcome.student == "large")
    assert large.status == "ungradable"
    assert "more than the 6144 KiB that it may have" in large.reason


def test_grading_outside_the_sandbox_is_asked_for_by_name(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The programs of this environment, and none of the system's.
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    with pytest.raises(CourseError, match="bubblewrap") as refused:
        grade(course, small.ASSIGNMENT)
    assert "--no-sandbox" in refused.value.remedy
    assert small.graded(course) == {}
    result = grade(course, small.ASSIGNMENT, workers=2, contained=False)
    assert not result.contained
    assert scores(course) == SCORES


def test_dask_workers_have_a_sandbox(course: Path, tmp_path: Path) -> None:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=2, dashboard_address=None, local_directory=str(tmp_path)
    ) as cluster:
        grade(course, small.ASSIGNMENT, scheduler=cluster.scheduler_address)
    assert scores(course) == SCORES


CODE = """
import pathlib, sys
from safehaven.errors import CourseError
from safehaven.grading.run import grade
from safehaven.grading.sandbox import Limits
course, assignment = pathlib.Path(sys.argv[1]), sys.argv[2]
grade(course, assignment, workers=2, report=lambda line: print(line, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_leaves_no_process_and_goes_on(
    course: Path, scratch: Path, number: int
) -> None:
    small.hand_in(course, "slow", f"import time\ntime.sleep(2)\n{small.RIGHT}")
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    env = {"TMPDIR": str(scratch)}
    with small.python(CODE, str(course), small.ASSIGNMENT, env=env, **quiet) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith(b"1/4")
        assert sandboxes(scratch)
        os.killpg(run.pid, number)
    assert run.returncode != 0
    end = time.monotonic() + 20
    while sandboxes(scratch):
        assert time.monotonic() < end, "a sandbox outlived its run"
        time.sleep(0.05)
    result = grade(course, small.ASSIGNMENT, workers=2)
    assert scores(course) == SCORES
    assert result.resumed >= 1
    names = [line["outcome"]["student"] for line in small.journal_of(course)]  # type: ignore[index]
    assert sorted(names) == sorted({*STUDENTS, "slow"}), "nothing was graded twice"
