"""A class is graded on a Dask cluster and into PostgreSQL; the loss of a part costs no grade."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbgrader.api import Comment, Grade, Gradebook, SubmittedAssignment

from safehaven.assignments.stock import nbgrader_api
from safehaven.errors import CourseError
from safehaven.folders import CourseFolders
from safehaven.grading.run import cluster, grade
from safehaven.grading.run.compare import facts
from tests.grading import run_class as small

STUDENTS = 6


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small.make_course(tmp_path_factory.mktemp("made") / "course")
    small.hand_in_class(root, STUDENTS)
    return root


@pytest.fixture
def course(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "course"))


@pytest.fixture
def points(made: Path, tmp_path: Path) -> dict[tuple[str, ...], tuple[object, ...]]:
    """What a run on this machine writes."""
    whole = Path(shutil.copytree(made, tmp_path / "whole"))
    grade(whole, small.ASSIGNMENT)
    return small.graded(whole)


# --- the services -----------------------------------------------------------------------------


class Cluster:
    """A Dask scheduler and workers, as the command line starts them."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        # What is there when a third worker is lost is given up.
        quiet |= {"env": {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"}}
        quiet |= {"start_new_session": True}
        dask = [sys.executable, "-m", "dask"]
        named = ["--scheduler-file", str(self.file), "--no-dashboard"]
        self.scheduler = subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", *named],
            **quiet,  # type: ignore[call-overload]
        )
        spread = ["--nworkers", "2", "--nthreads", "1", "--local-directory", str(folder)]
        self.workers = subprocess.Popen(
            [*dask, "worker", *named, *spread, "--death-timeout", "20"],
            **quiet,  # type: ignore[call-overload]
        )

    @property
    def address(self) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.file.is_file() and (said := self.file.read_text(encoding="utf-8")):
                return str(json.loads(said)["address"])
            time.sleep(0.05)
        raise TimeoutError(self.file)

    def close(self) -> None:
        for process in (self.workers, self.scheduler):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def dask_cluster(folder: Path) -> Iterator[Cluster]:
    folder.mkdir(parents=True, exist_ok=True)
    started = Cluster(folder)
    try:
        yield started
    finally:
        started.close()


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask")) as started:
        yield started


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of our own, which answers on a Unix socket alone."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    initdb = shutil.which("initdb", path=os.pathsep.join([*map(str, programs), os.environ["PATH"]]))
    assert initdb, "PostgreSQL is missing. Remedy: run the tests with `make test`."
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # PostgreSQL refuses to run as root.
    who = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    if os.getuid() == 0:
        shutil.chown(folder, who)
    data = folder / "data"
    settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}"]
    settings += ["-c", "fsync=off"]
    user = who if os.getuid() == 0 else None
    make = [initdb, "-D", str(data), "-U", "course", "-A", "trust", "-N", "-E", "UTF8"]
    subprocess.run(make, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(Path(initdb).with_name("postgres")), "-D", str(data), *settings],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        createdb = str(Path(initdb).with_name("createdb"))
        create = [createdb, "-h", str(folder), "-U", "course", "sums"]
        end = time.monotonic() + 30
        while subprocess.run(create, check=False, stderr=subprocess.DEVNULL).returncode:
            assert time.monotonic() < end, (folder / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        yield f"postgresql+psycopg2://course@/sums?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        shutil.rmtree(folder)


# --- the tests --------------------------------------------------------------------------------


def count_rows(url: str) -> tuple[int, int, int]:
    with Gradebook(url) as gradebook:
        kinds = (SubmittedAssignment, Grade, Comment)
        return tuple(gradebook.db.query(kind).count() for kind in kinds)  # type: ignore[return-value]


def test_a_lost_worker_costs_nothing_but_time(
    course: Path, points: dict[tuple[str, ...], tuple[object, ...]], dask: Cluster, tmp_path: Path
) -> None:
    once, tries = tmp_path / "once", tmp_path / "tries"
    death = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    unlucky = f"import pathlib\np = pathlib.Path({str(once)!r})\nif not p.exists():\n"
    small.hand_in(course, "unlucky", f"{unlucky}    p.touch()\n    {death}\n{small.RIGHT}")
    small.hand_in(course, "killer", f"open({str(tries)!r}, 'a').write('x')\n{death}")
    result = grade(course, small.ASSIGNMENT, scheduler=dask.address)
    became = {outcome.student: outcome for outcome in result.outcomes}
    assert (became["unlucky"].status, became["unlucky"].score) == ("graded", 3)
    assert became["killer"].status == "ungradable"
    assert "Dask lost every worker" in became["killer"].reason
    # One of its three lives can go with a worker that the other one ended before its turn came.
    assert tries.read_text() in ("xx", "xxx")
    written = small.graded(course)
    assert {key: written[key] for key in points} == points
    assert count_rows(small.url(course)) == (8, 8 * 3, 8 * 2)
    names = [line["outcome"]["student"] for line in small.journal_of(course)]  # type: ignore[index]
    assert sorted(names) == sorted(became), "each was written once"


def test_without_its_scheduler_a_run_ends_and_can_go_on(
    course: Path, points: dict[tuple[str, ...], tuple[object, ...]], tmp_path: Path
) -> None:
    started = tmp_path / "started"
    wait = f"import pathlib, time\npathlib.Path({str(started)!r}).touch()\ntime.sleep(3)\n"
    small.hand_in(course, f"student-{STUDENTS - 1:03d}", wait + small.NOTHING)
    with dask_cluster(tmp_path / "dask") as own:

        def kill() -> None:
            while not started.exists():
                time.sleep(0.01)
            own.scheduler.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        with pytest.raises(CourseError, match=r"scheduler at .* is lost"):
            grade(course, small.ASSIGNMENT, scheduler=own.address)
        killer.join()
    done = len(small.journal_of(course))
    assert done < STUDENTS
    result = grade(course, small.ASSIGNMENT)
    assert result.resumed == done
    assert small.graded(course) == points
    assert len(small.journal_of(course)) == STUDENTS
    assert count_rows(small.url(course)) == (STUDENTS, STUDENTS * 3, STUDENTS * 2)


def test_grades_go_into_postgresql_from_a_cluster(
    made: Path,
    tmp_path: Path,
    points: dict[tuple[str, ...], tuple[object, ...]],
    postgres: str,
    dask: Cluster,
) -> None:
    course = Path(shutil.copytree(made, tmp_path / "course"))
    (course / "gradebook.db").unlink()
    with pytest.raises(CourseError, match="gradebook"):
        grade(course, small.ASSIGNMENT)
    api = nbgrader_api(CourseFolders(course))
    api.coursedir.db_url = postgres
    assert api.generate_assignment(small.ASSIGNMENT)["success"]
    grade(course, small.ASSIGNMENT, db=postgres, students=["student-000", "student-001"])
    result = grade(course, small.ASSIGNMENT, db=postgres, scheduler=dask.address)
    assert result.resumed == 2
    assert facts(postgres, small.ASSIGNMENT) == points
    assert count_rows(postgres) == (STUDENTS, STUDENTS * 3, STUDENTS * 2)
    assert not (course / "gradebook.db").exists()


def test_a_database_that_does_not_answer_is_named(course: Path) -> None:
    with pytest.raises(CourseError, match="The gradebook cannot be"):
        grade(course, small.ASSIGNMENT, db="postgresql+psycopg2://course@/sums?host=/nowhere")


def test_no_scheduler_is_named(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 1)
    with pytest.raises(CourseError, match="No Dask scheduler answers"):
        grade(course, small.ASSIGNMENT, scheduler="tcp://127.0.0.1:9")


@pytest.mark.parametrize(
    ("package", "settings"),
    [
        ("distributed", {"scheduler": "tcp://127.0.0.1:9"}),
        ("psycopg2", {"db": "postgresql+psycopg2://course@/sums"}),
    ],
)
def test_a_missing_extra_is_named(
    course: Path, monkeypatch: pytest.MonkeyPatch, package: str, settings: dict[str, str]
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(CourseError) as missing:
        grade(course, small.ASSIGNMENT, **settings)  # type: ignore[arg-type]
    assert "pip install safehaven[cluster]" in missing.value.remedy
    assert package in missing.value.message
