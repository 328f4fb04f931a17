"""Every command of the guide for instructors is given, in its order, in one copy of the course.

A block of commands is run as it stands, unless the line above it says otherwise:

    % not run: why
    % until: words that it prints when it is ready; then it is stopped, as Ctrl+C does it
"""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from safehaven.folders import CourseFolders
from tests.mini_course import ROOT

PAGES = ("adopt", "syllabus", "integrity", "care", "changing", "grading")
GUIDE = ROOT / "book" / "instructors"
CLASS = "private/2027-spring"
_BLOCK = re.compile(
    r"^(?:% (?P<how>not run|until): (?P<words>[^\n]+)\n)?"
    r"(?P<fence>```+)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$",
    re.M | re.S,
)
#: For one block, on the clock; and for all of them, of processor time on two cores.
_SECONDS, _CPU_SECONDS = 300, 240


@dataclass(frozen=True)
class Block:
    """Commands that stand together on a page."""

    page: str
    text: str
    not_run: bool = False
    until: str = ""


def blocks(page: str, text: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        until = found["words"] if found["how"] == "until" else ""
        if found["info"] == "sh":
            yield Block(page, found["text"], found["how"] == "not run", until)


def all_blocks() -> list[Block]:
    return [
        block
        for page in PAGES
        for block in blocks(page, (GUIDE / f"{page}.md").read_text(encoding="utf-8"))
    ]


# --- what an instructor has before a command --------------------------------------------------

#: The number in Canvas, and the id in the gradebook, of each student of the class.
STUDENTS = {101: "ab12", 102: "cd34", 103: "ef56", 104: "gh78"}
#: What each of them hands in: a letter for every question, a file that was cut off, or nothing.
HANDED_IN = {101: "A", 102: "B", 103: "cut"}


def students_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name", "email"])
        rows.writerows([[id_, "", "", f"{id_}@example.org"] for id_ in STUDENTS.values()])


def canvas_zip(path: Path) -> None:
    """A bulk download of Canvas, made from the class's own quiz."""
    quiz = path.parents[1] / "exercises" / "quiz-07" / "quiz-07.ipynb"
    with zipfile.ZipFile(path, "w") as archive:
        for number, letter in HANDED_IN.items():
            text = re.sub(
                r"(answer_\w+ = )None", rf"\1'{letter}'", quiz.read_text(encoding="utf-8")
            )
            if letter == "cut":
                text = text[:1000]
            archive.writestr(f"student_{number}_9{number}_quiz-07.ipynb", text)


def canvas_csv(path: Path) -> None:
    """A gradebook exported from Canvas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        rows.writerow([*head, "quiz-07 (4711)"])
        rows.writerow(["    Points Possible", "", "", "", "", "10"])
        rows.writerows([[f"S {n}", n, "", id_, "1", ""] for n, id_ in STUDENTS.items()])


GIVEN: dict[str, Callable[[Path], None]] = {
    "students.csv": students_csv,
    "downloads/quiz-07.zip": canvas_zip,
    "downloads/canvas.csv": canvas_csv,
}


# --- the terminal -----------------------------------------------------------------------------


@dataclass
class Terminal:
    """A terminal in a copy of the course: it keeps its folder from one block to the next."""

    root: Path
    folder: Path
    env: dict[str, str]
    spent: dict[str, float] = field(default_factory=dict)

    def run(self, block: Block) -> None:
        begun = time.monotonic()
        for name, make in GIVEN.items():
            if name in block.text and not (self.folder / name).exists():
                (self.folder / name).parent.mkdir(exist_ok=True)
                make(self.folder / name)
        if block.until:
            self._until(block)
        else:
            self._to_the_end(block)
        self.spent[block.text] = time.monotonic() - begun

    def _to_the_end(self, block: Block) -> None:
        where = self.root / "_build" / "terminal"
        done = subprocess.run(
            ["bash", "-c", f"set -e\n{block.text}\npwd > {where}"],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        said = f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        assert done.returncode == 0, f"{block.page}.md:\n{block.text}\n{said}"
        assert "Traceback" not in done.stderr, f"{block.page}.md:\n{block.text}\n{said}"
        self.folder = Path(where.read_text(encoding="utf-8").strip())

    def _until(self, block: Block) -> None:
        log = self.root / "_build" / "until.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {block.text}"],
                cwd=self.folder,
                env=self.env,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        try:
            address = _address(log, block, process)
            with urllib.request.urlopen(address, timeout=30) as page:
                assert page.status == 200
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(5)  # jupyter asks whether it is meant, and waits for a second one
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _address(log: Path, block: Block, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and process.poll() is None:
        said = log.read_text(encoding="utf-8", errors="replace")
        if found := re.search(rf"{re.escape(block.until)}\S+(?=\s)", said):
            return found[0]
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")
    pytest.fail(f"{block.page}.md: '{block.text.strip()}' never said {block.until}:\n{said}")


def copy_of_the_course(target: Path) -> CourseFolders:
    """The course as git has it, with what is not committed yet, and with what is built already."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    folders = CourseFolders(target)
    for name in ("html", "assignments"):
        if (ROOT / "_build" / name).is_dir():
            shutil.copytree(ROOT / "_build" / name, folders.build / name)
    for path in [*(ROOT / "solutions").rglob("*"), ROOT / "gradebook.db"]:
        copy = target / path.relative_to(ROOT)
        if path.is_file() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    # The environment that runs this test, as if `make` had just made it.
    (target / ".venv").mkdir()
    (target / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    done = target / ".venv" / "course.done"
    done.touch()
    later = time.time() + 3600
    os.utime(done, (later, later))
    shutil.copy2(ROOT / "_build" / "book.sha256", folders.build)
    return folders


@pytest.fixture(scope="module")
def terminal(course_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    assert course_site.is_dir()
    root = tmp_path_factory.mktemp("guide") / "safe-haven"
    folders = copy_of_the_course(root)
    # A server of Jupyter refuses to run as root, and opens a browser, unless it is told.
    config = root / "_build" / "jupyter"
    config.mkdir()
    settings = {"ServerApp": {"allow_root": True, "open_browser": False}}
    (config / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    env |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}",
        "JUPYTER_CONFIG_DIR": str(config),
    }
    return Terminal(folders.root, folders.root, env)


# --- the tests --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def followed(terminal: Terminal) -> Terminal:
    for block in all_blocks():
        if not block.not_run:
            terminal.run(block)
    return terminal


def test_every_command_works_in_its_order(followed: Terminal) -> None:
    assert len(followed.spent) >= 18
    # Processor time, which does not depend on what else the machine does.
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert used.ru_utime + used.ru_stime < _CPU_SECONDS, followed.spent


def test_the_class_is_graded_and_nobody_is_lost(followed: Terminal) -> None:
    place = followed.root / CLASS / "grading" / "quiz-07" / "grading-report.json"
    report = json.loads(place.read_text(encoding="utf-8"))
    found = {outcome["student"]: outcome["status"] for outcome in report["outcomes"]}
    assert found == {"ab12": "graded", "cd34": "graded", "ef56": "ungradable", "gh78": "missing"}


def test_feedback_report_and_grades_are_there(followed: Terminal) -> None:
    folder = followed.root / CLASS
    assert (folder / "feedback" / "ab12" / "quiz-07" / "quiz-07.html").is_file()
    assert (folder / "grading" / "class-report" / "index.html").is_file()
    with (folder / "canvas-filled.csv").open(encoding="utf-8-sig", newline="") as file:
        points = {row["SIS Login ID"]: row["quiz-07 (4711)"] for row in csv.DictReader(file)}
    assert float(points["ab12"]) >= 0
    assert float(points["cd34"]) >= 0
    assert points["ef56"] == points["gh78"] == ""
    moodle = (folder / "moodle.csv").read_text(encoding="utf-8-sig")
    assert "ab12" in moodle
    assert "gh78" not in moodle
    assert "gh78" in (folder / "tasks.csv").read_text(encoding="utf-8-sig")


def test_what_is_not_run_says_why() -> None:
    left_out = [block for block in all_blocks() if block.not_run]
    assert {line for block in left_out for line in block.text.splitlines()} == {
        "git clone https://example.org/safe-haven.git",
        "cd safe-haven",
        "sudo apt-get install bubblewrap chromium",
        "safehaven mutants ex07-two-lists",
    }


def test_a_block_is_found_with_its_mark() -> None:
    text = (
        "Words.\n\n% until: http://\n```sh\na\n```\n\n```{generated} weeks\n```\n\n"
        "```sh\nb\nc\n```\n\n% not run: it\n```sh\nd\n```\n"
    )
    assert list(blocks("page", text)) == [
        Block("page", "a\n", until="http://"),
        Block("page", "b\nc\n"),
        Block("page", "d\n", not_run=True),
    ]


@pytest.mark.parametrize("page", PAGES)
def test_no_block_of_commands_hides_from_the_tests(page: str) -> None:
    text = (GUIDE / f"{page}.md").read_text(encoding="utf-8")
    generated = re.findall(r"^```\{generated\} \w+\n```$", text, re.M)
    fences = re.findall(r"^\s*(```|~~~|:::)", text, re.M)
    assert len(fences) == 2 * (len(list(blocks(page, text))) + len(generated))


def test_every_page_for_instructors_is_in_the_book() -> None:
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    for page in GUIDE.glob("*.md"):
        assert f"book/instructors/{page.stem}\n" in toc, page.name
