"""A submission is found, read and copied whatever lies in its folder, and is left untouched."""

import errno
import json
import os
import shutil
import socket
import stat
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from safehaven.grading.preflight import Prepared, prepare
from safehaven.grading.preflight import folder as folder_module
from safehaven.grading.preflight.source import (
    _STUDENT,
    AssignmentSource,
    NotebookSource,
    SourceCell,
    find_submissions,
)

prepare_module = sys.modules["safehaven.grading.preflight.prepare"]

TEST = 'assert answer == 42, "another answer was wanted"'


def notebook_source(name: str = "ex01", task: str = "task") -> NotebookSource:
    return NotebookSource(
        name,
        (
            SourceCell("", "markdown", "# An exercise about the answer"),
            SourceCell(task, "code", "# YOUR CODE HERE", solution=True, checksum="1" * 32),
            SourceCell(
                f"{task}-a",
                "code",
                TEST.replace("answer", f"answer_{task}"),
                grade=True,
                locked=True,
                points=2.0,
                checksum="0" * 32,
            ),
        ),
    )


def notebook(source: NotebookSource, answer: str = "answer = 42") -> str:
    """What a student hands in."""
    cells = []
    for cell in source.cells:
        metadata = {
            "grade": cell.grade,
            "grade_id": cell.grade_id,
            "locked": cell.locked,
            "points": cell.points,
            "schema_version": 3,
            "solution": cell.solution,
        }
        cells.append(
            {
                "cell_type": cell.cell_type,
                "metadata": {"nbgrader": metadata} if cell.grade_id else {},
                "source": answer if cell.solution else cell.text,
            }
        )
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


EX01 = notebook_source()
NOBODY = 65534
GOOD = notebook(EX01)
BLANK = notebook(EX01, "# YOUR CODE HERE")


class Course:
    """A course of which only what preflight needs is there."""

    def __init__(self, root: Path, *notebooks: NotebookSource) -> None:
        self.root = root
        self.source = AssignmentSource(
            root=root,
            name="ex01",
            course_id="",
            notebooks=notebooks or (EX01,),
            students=("ada",),
            pattern=f"submitted/{_STUDENT}/ex01",
            ignore=(".ipynb_checkpoints", "*.pyc", "__pycache__"),
            files=frozenset({"data/table.csv", "given.py"}),
            file_bytes=1_000_000,
            folder_bytes=3_000_000,
            guarded=frozenset(),
        )
        self.folder = root / "submitted" / "ada" / "ex01"
        self.folder.mkdir(parents=True)

    def hand_in(self, files: dict[str, str | bytes]) -> Path:
        for age, (name, content) in enumerate(files.items()):
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            # Each file is an hour newer than the one before it.
            os.utime(path, (1_700_000_000 + 3600 * age,) * 2)
        return self.folder

    def prepare(self, student: str = "ada") -> Prepared:
        """Prepare, and see that nothing changed where it was handed in."""
        before = state(self.root / "submitted")
        begun = time.monotonic()
        prepared = prepare(
            self.source.submission_folder(student),
            student,
            "ex01",
            self.source,
            self.root / "work",
        )
        assert time.monotonic() - begun < 10
        assert state(self.root / "submitted") == before
        assert (prepared.tree is None) == bool(prepared.reason)
        assert "unforeseen" not in prepared.reason
        for path in prepared.notebooks:
            json.loads(path.read_text(encoding="utf-8"))
        return prepared


def state(root: Path) -> dict[str, tuple[object, ...]]:
    """Everything about a tree that must not change."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files, "."):
            path = Path(folder) / name
            status = path.lstat()
            content = b""
            if stat.S_ISREG(status.st_mode) and status.st_size < 1 << 20:
                content = path.read_bytes()
            elif stat.S_ISLNK(status.st_mode):
                content = os.fsencode(path.readlink())
            found[str(path)] = (
                status.st_mode,
                status.st_mtime_ns,
                status.st_size,
                status.st_ino,
                status.st_uid,
                content,
            )
    return found


@pytest.fixture
def course(tmp_path) -> Course:
    return Course(tmp_path)


def kinds(prepared: Prepared) -> list[str]:
    return [note.kind for note in prepared.notes]


def answer(prepared: Prepared, name: str = "ex01", task: str = "task") -> str:
    assert prepared.folder is not None
    cells = json.loads((prepared.folder / f"{name}.ipynb").read_text())["cells"]
    found = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == task]
    return found[0]["source"]


def copied(prepared: Prepared) -> list[str]:
    """The files of the private tree besides the notebooks."""
    assert prepared.folder is not None
    files = (p for p in prepared.folder.rglob("*") if p.is_file() and p not in prepared.notebooks)
    return sorted(p.relative_to(prepared.folder).as_posix() for p in files)


# --- which notebook ---------------------------------------------------------------------------


def test_an_honest_submission_needs_no_note(course):
    course.hand_in({"ex01.ipynb": GOOD, "timestamp.txt": "2026-10-16 22:00:09 UTC\n"})
    prepared = course.prepare()
    assert prepared.notes == ()
    assert prepared.folder == course.root / "work" / "submitted" / "ada" / "ex01"
    assert prepared.tree == course.root / "work" / "submitted"
    assert prepared.notebooks == (prepared.folder / "ex01.ipynb",)
    assert copied(prepared) == ["timestamp.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "ex01-Copy1.ipynb",
        "ex01 (1).ipynb",
        "EX01.ipynb",
        "ex01.IPYNB",
        "Untitled.ipynb",
        "ex01.ipynb.txt",
        "ex01.ipynb.json",
        "ex01.json",
        "ex01/ex01.ipynb",
        "a/b/ex01 final.ipynb",
        "ex01\nfinal.ipynb",
        "[ex01]*?.ipynb",
        "-ex01.ipynb",
        "..ipynb",
        "…  ünï.ipynb",
        "x" * 249 + ".ipynb",
        ".ipynb_checkpoints/ex01-checkpoint.ipynb",
    ],
)
def test_a_notebook_with_another_name_is_recognised(course, name):
    course.hand_in({name: GOOD})
    prepared = course.prepare()
    assert kinds(prepared) == ["renamed"]
    assert "\n" not in prepared.notes[0].text
    assert answer(prepared) == "answer = 42"


def test_a_name_that_is_no_utf_8(course):
    name = os.fsdecode(b"ex01 \xe9\xff.ipynb")
    course.hand_in({name: GOOD})
    prepared = course.prepare()
    assert kinds(prepared) == ["renamed"]
    prepared.notes[0].text.encode("utf-8")


def test_of_two_candidates_the_newest_counts(course):
    course.hand_in(
        {
            "ex01-Copy2.ipynb": notebook(EX01, "answer = 1"),
            "ex01-Copy1.ipynb": notebook(EX01, "answer = 2"),
        }
    )
    prepared = course.prepare()
    assert answer(prepared) == "answer = 2"
    assert kinds(prepared) == ["renamed", "candidates"]
    assert "ex01-Copy2.ipynb" in prepared.notes[1].text


def test_of_candidates_of_one_moment_the_last_copy_counts(course):
    course.hand_in({f"ex01-Copy{n}.ipynb": notebook(EX01, f"answer = {n}") for n in (10, 9, 2)})
    for path in course.folder.iterdir():
        os.utime(path, (1_700_000_000,) * 2)
    assert answer(course.prepare()) == "answer = 10"


def test_the_right_name_counts_for_more_than_the_time(course):
    course.hand_in({"ex01.ipynb": GOOD, "ex01-Copy1.ipynb": notebook(EX01, "answer = 1")})
    prepared = course.prepare()
    assert answer(prepared) == "answer = 42"
    assert kinds(prepared) == ["candidates"]


def test_an_untouched_notebook_gives_way_to_an_answered_copy(course):
    course.hand_in({"ex01-Copy1.ipynb": GOOD, "ex01.ipynb": BLANK})
    prepared = course.prepare()
    assert answer(prepared) == "answer = 42"
    assert kinds(prepared) == ["renamed", "candidates"]


def test_a_broken_notebook_gives_way_to_a_copy(course):
    course.hand_in({"ex01.ipynb": GOOD[:-9], "ex01-Copy1.ipynb": GOOD})
    prepared = course.prepare()
    assert answer(prepared) == "answer = 42"
    assert kinds(prepared) == ["renamed", "unreadable-file"]
    assert "breaks off" in prepared.notes[1].text


def test_equal_copies_need_no_note(course):
    course.hand_in({"ex01.ipynb": GOOD, "ex01-Copy1.ipynb": GOOD})
    assert course.prepare().notes == ()


def test_other_notebooks_do_not_disturb(course):
    stranger = notebook(notebook_source("ex02", "other"))
    course.hand_in({"ex02.ipynb": stranger, "ex01.ipynb": GOOD, "scratch.ipynb": "{"})
    assert course.prepare().notes == ()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "The folder is empty"),
        ({"timestamp.txt": "2026-10-16 22:00:09 UTC"}, "The folder is empty"),
        ({"ex01.ipynb": ""}, "'ex01.ipynb' is empty"),
        ({"ex01.ipynb": "{"}, "'ex01.ipynb' breaks off"),
        ({"ex01-Copy1.ipynb": "{,"}, "'ex01-Copy1.ipynb' is no valid JSON"),
        ({"ex01.py": "answer = 42", "b.pdf": "x"}, "only b.pdf, ex01.py"),
        ({"ex01.html": "<html>"}, "only ex01.html"),
        ({f"{n}.py": "" for n in range(9)}, "and 6 more"),
        ({"ex01.ipynb": notebook(notebook_source(task="x"))}, "of another assignment"),
        (
            {"ex01.ipynb": '{"nbformat": 4, "cells": [{"cell_type": "markdown"}]}'},
            "holds nothing of this assignment",
        ),
        ({"ex01.ipynb": '{"nbformat": 4, "cells": [' + "{}," * 5000 + "{}]}"}, "5,001 cells"),
    ],
)
def test_what_cannot_be_graded_has_a_reason_for_the_student(course, files, words):
    course.hand_in(files)
    prepared = course.prepare()
    assert words in prepared.reason
    assert prepared.reason.endswith(".")
    assert not (course.root / "work" / "submitted").exists()


def test_a_notebook_built_anew_under_the_right_name_is_graded(course):
    cells = [{"cell_type": "code", "metadata": {}, "source": "answer = 42"}]
    course.hand_in({"ex01.ipynb": json.dumps({"cells": cells, "nbformat": 4})})
    prepared = course.prepare()
    assert answer(prepared) == "answer = 42"
    assert "restored-cell" in kinds(prepared)


# --- several notebooks ------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path) -> Course:
    return Course(tmp_path, notebook_source("p1", "one"), notebook_source("p2", "two"))


def test_each_of_several_notebooks_is_found(two):
    p1, p2 = two.source.notebooks
    two.hand_in({"p1.ipynb": notebook(p1), "Problem 2.ipynb": notebook(p2)})
    prepared = two.prepare()
    assert kinds(prepared) == ["renamed"]
    assert [path.name for path in prepared.notebooks] == ["p1.ipynb", "p2.ipynb"]


def test_exchanged_names_are_put_right(two):
    p1, p2 = two.source.notebooks
    two.hand_in({"p1.ipynb": notebook(p2, "answer = 2"), "p2.ipynb": notebook(p1, "answer = 1")})
    prepared = two.prepare()
    assert answer(prepared, "p1", "one") == "answer = 1"
    assert answer(prepared, "p2", "two") == "answer = 2"


def test_a_missing_notebook_is_noted_and_the_other_graded(two):
    two.hand_in({"p2.ipynb": notebook(two.source.notebooks[1])})
    prepared = two.prepare()
    assert [(note.kind, note.notebook) for note in prepared.notes] == [("missing-notebook", "p1")]
    assert [path.name for path in prepared.notebooks] == ["p2.ipynb"]


def test_a_broken_notebook_is_noted_and_the_other_graded(two):
    two.hand_in({"p1.ipynb": "{", "p2.ipynb": notebook(two.source.notebooks[1])})
    prepared = two.prepare()
    assert [(note.kind, note.notebook) for note in prepared.notes] == [("missing-notebook", "p1")]
    assert "breaks off" in prepared.notes[0].text


# --- what is no file --------------------------------------------------------------------------


def test_nothing_that_is_no_file_is_followed_or_waited_for(course):
    secret = course.root / "gradebook.db"
    secret.write_text("secret")
    outside = course.root / "solutions"
    outside.mkdir()
    (outside / "secret.py").write_text("secret")
    course.hand_in({"ex01.ipynb": GOOD})
    (course.folder / "link.db").symlink_to(secret)
    (course.folder / "solutions").symlink_to(outside)
    (course.folder / "loop").symlink_to(".")
    (course.folder / "nowhere").symlink_to("/nonexistent")
    os.mkfifo(course.folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(course.folder)  # the path of a socket must be short
        server.bind("socket")
        os.chdir(here)
        prepared = course.prepare()
    assert kinds(prepared) == ["left-out"]
    for name in ("link.db", "solutions", "loop", "nowhere", "pipe.csv", "socket"):
        assert name in prepared.notes[0].text
    assert copied(prepared) == []
    assert answer(prepared) == "answer = 42"


@pytest.mark.parametrize("name", ["ex01.ipynb", "ex01-Copy1.ipynb"])
def test_a_linked_notebook_is_not_read(course, name):
    (course.root / "solution.ipynb").write_text(GOOD)
    (course.folder / name).symlink_to(course.root / "solution.ipynb")
    prepared = course.prepare()
    assert prepared.tree is None
    assert "a symbolic link" in prepared.reason


def test_a_pipe_with_the_name_of_the_notebook_does_not_block(course):
    os.mkfifo(course.folder / "ex01.ipynb")
    assert "'ex01.ipynb' is a named pipe" in course.prepare().reason


def test_a_folder_with_the_name_of_the_notebook(course):
    course.hand_in({"ex01.ipynb/ex01.ipynb": GOOD})
    prepared = course.prepare()
    assert kinds(prepared) == ["renamed"]
    assert answer(prepared) == "answer = 42"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_not_opened(course):
    course.hand_in({"ex01.ipynb": GOOD})
    try:
        os.mknod(course.folder / "zero", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("this machine allows no devices")
    assert "zero (a device)" in course.prepare().notes[0].text


@pytest.mark.parametrize("level", ["folder", "student"])
def test_a_linked_folder_is_not_followed(course, level):
    course.hand_in({"ex01.ipynb": GOOD})
    other = course.root / "submitted" / "bob"
    if level == "student":
        other.symlink_to("ada")
    else:
        other.mkdir()
        (other / "ex01").symlink_to("../ada/ex01")
    prepared = course.prepare("bob")
    assert prepared.tree is None
    assert "'bob/ex01' is a symbolic link" in prepared.reason


def test_submissions_may_lie_behind_the_instructors_own_link(course):
    course.hand_in({"ex01.ipynb": GOOD})
    (course.root / "submitted").rename(course.root / "elsewhere")
    (course.root / "submitted").symlink_to("elsewhere")
    assert course.prepare().notes == ()


def test_a_file_in_the_place_of_the_folder(course):
    (course.root / "submitted" / "bob").mkdir()
    (course.root / "submitted" / "bob" / "ex01").write_text(GOOD)
    assert "is a file, not a folder" in course.prepare("bob").reason


def test_a_folder_that_is_not_there(course):
    assert "cannot be opened" in course.prepare("bob").reason


def test_hard_links_bring_nothing_of_the_course(course):
    gradebook = course.root / "gradebook.db"
    gradebook.write_text("secret")
    solution = course.root / "solution.ipynb"
    solution.write_text(GOOD)
    course.source = replace(
        course.source,
        guarded=frozenset((p.stat().st_dev, p.stat().st_ino) for p in (gradebook, solution)),
    )
    course.hand_in({"ex01.ipynb": GOOD, "mine.csv": "1"})
    os.link(gradebook, course.folder / "data.csv")
    os.link(course.folder / "mine.csv", course.folder / "mine too.csv")
    prepared = course.prepare()
    assert copied(prepared) == ["mine too.csv", "mine.csv"]
    assert "data.csv (a link to a file of the course)" in prepared.notes[0].text
    (course.folder / "ex01.ipynb").unlink()
    os.link(solution, course.folder / "ex01.ipynb")
    assert "is a link to a file of the course" in course.prepare().reason


def test_a_hard_link_to_elsewhere_is_told(course):
    other = course.root / "other.ipynb"
    other.write_text(GOOD)
    os.link(other, course.folder / "ex01.ipynb")
    os.link(other, course.folder / "table.txt")
    other.unlink()
    assert course.prepare().notes == (), "both names are in the folder"
    os.link(course.folder / "table.txt", other)
    prepared = course.prepare()
    assert kinds(prepared) == ["link", "left-out"]
    assert answer(prepared) == "answer = 42"


@contextmanager
def as_nobody():
    """Without the rights of root, where the tests run as root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_what_must_not_be_read(course):
    course.hand_in({"ex01.ipynb": GOOD, "table.csv": "1", "inner/a.csv": "1"})
    with tempfile.TemporaryDirectory() as place:  # pytest's own is closed to others
        root = Path(place)
        shutil.copytree(course.root / "submitted", root / "submitted")
        if os.geteuid() == 0:
            for path in (root, *root.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        course.root, course.source = root, replace(course.source, root=root)
        folder = course.source.submission_folder("ada")

        def told() -> str:
            with as_nobody():
                prepared = prepare(folder, "ada", "ex01", course.source, root / "work")
            return "|".join([prepared.reason, *(note.text for note in prepared.notes)])

        (folder / "table.csv").chmod(0)
        (folder / "inner").chmod(0)
        files = told()
        assert "table.csv (cannot be copied: Permission denied)" in files
        assert "inner (a folder that cannot be opened: Permission denied)" in files
        (folder / "ex01.ipynb").chmod(0)
        assert told().startswith("'ex01.ipynb' cannot be read (Permission denied).")
        folder.chmod(0)
        assert told().startswith("The folder 'ada/ex01' cannot be opened (Permission denied).")
        folder.chmod(0o755)
        (folder / "inner").chmod(0o755)


# --- other files ------------------------------------------------------------------------------


def test_a_students_own_files_are_kept_and_the_instructors_are_not_replaced(course):
    course.hand_in(
        {
            "ex01.ipynb": GOOD,
            "helper.py": "x = 1",
            "my data/table [1].csv": "1",
            "data/table.csv": "forged",
            "data/own.csv": "1",
            "given.py": "forged",
            "__pycache__/helper.pyc": "x",
            "lib/__pycache__/helper.pyc": "x",
            "lib/old.pyc": "x",
            ".ipynb_checkpoints/ex01-checkpoint.ipynb": GOOD,
            ".git/config": "x",
            "._ex01.ipynb": "\0\5\26\7",
            ".DS_Store": "x",
            "__MACOSX/._ex01.ipynb": "x",
        }
    )
    prepared = course.prepare()
    assert prepared.notes == ()
    assert copied(prepared) == ["data/own.csv", "helper.py", "my data/table [1].csv"]


def test_a_file_in_the_way_of_the_instructors_is_left_out(course):
    course.hand_in({"ex01.ipynb": GOOD, "data": "no folder", "given.py/__init__.py": ""})
    prepared = course.prepare()
    assert copied(prepared) == []
    assert prepared.notes[0].text.count("in the way of the instructor's files") == 2


def test_files_beside_a_notebook_in_a_subfolder_stay_beside_it(course):
    course.hand_in({"hand in/ex01.ipynb": GOOD, "hand in/helper.py": "1", "other.csv": "2"})
    assert copied(course.prepare()) == ["helper.py", "other.csv"]


@pytest.mark.parametrize("name", ["pandas.py", "random.py", "json/__init__.py"])
def test_a_file_with_the_name_of_a_module_is_kept_and_noted(course, name):
    course.hand_in({"ex01.ipynb": GOOD, name: "x = 1"})
    prepared = course.prepare()
    assert copied(prepared) == [name]
    assert kinds(prepared) == ["shadowing"]


def test_names_that_not_every_system_keeps_are_left_out(course):
    course.hand_in(
        {
            "ex01.ipynb": GOOD,
            "a\nb.csv": "1",
            os.fsdecode(b"caf\xe9.csv"): "1",
            "\u202etxt.csv": "1",
            f"{'x' * 200}/{'y' * 250}": "1",
        }
    )
    prepared = course.prepare()
    assert copied(prepared) == []
    assert kinds(prepared) == ["left-out"]
    assert "\n" not in prepared.notes[0].text
    prepared.notes[0].text.encode("utf-8")


def test_too_large_and_too_many_files_are_left_out(course, monkeypatch):
    monkeypatch.setattr(prepare_module, "FILES", 5)
    course.hand_in({"ex01.ipynb": GOOD, "huge.csv": b"x" * 1_000_001})
    for number in range(4):
        (course.folder / f"large{number}.csv").write_bytes(b"x" * 900_000)
    for number in range(4):
        (course.folder / f"small{number}.csv").write_bytes(b"x")
    prepared = course.prepare()
    assert copied(prepared) == [f"large{n}.csv" for n in range(3)] + ["small0.csv", "small1.csv"]
    assert "huge.csv (too large), large3.csv (more than is kept)" in prepared.notes[0].text


def test_in_a_folder_of_thousands_the_notebook_is_found(course, monkeypatch):
    monkeypatch.setattr(folder_module, "ENTRIES", 50)
    course.hand_in({f"{number:03}.csv": "" for number in range(60)})
    course.hand_in({"ex01.ipynb": GOOD, "timestamp.txt": "2026-10-16 22:00:09 UTC"})
    prepared = course.prepare()
    assert answer(prepared) == "answer = 42"
    assert "timestamp.txt" in copied(prepared)
    assert "more files than were looked at" in prepared.notes[-1].text


def test_folders_in_folders_end_somewhere(course):
    course.hand_in({"ex01.ipynb": GOOD})
    deep = course.folder
    for _ in range(40):
        deep = deep / "a"
    deep.mkdir(parents=True)
    assert kinds(course.prepare()) == ["left-out"]


# --- the moment of handing in -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-10-16 22:00:09 UTC", "2026-10-16 22:00:09"),
        ("2026-10-16 22:00:09.250000 UTC\n", "2026-10-16 22:00:09.25"),
        ("2026-10-16 22:00:09 +0200", "2026-10-16 20:00:09"),
        ("2026-10-16T22:00:09Z", "2026-10-16 22:00:09"),
        ("2026-10-16 22:00:09", "2026-10-16 22:00:09"),
        ("\ufeff2026-10-16 22:00:09 UTC", "2026-10-16 22:00:09"),
    ],
)
def test_a_moment_keeps_its_meaning(course, text, kept):
    from nbgrader.utils import parse_utc

    course.hand_in({"ex01.ipynb": GOOD, "timestamp.txt": text})
    prepared = course.prepare()
    assert prepared.notes == ()
    written = (prepared.folder / "timestamp.txt").read_text()
    assert parse_utc(written.strip()) == parse_utc(kept)


@pytest.mark.parametrize(
    "data",
    [b"", b"yesterday evening", b"\xff\xfe\0x", b"\0" * 9, b"9" * 5000, b"0001-01-01", b"[]" * 400],
)
def test_a_moment_that_cannot_be_read_is_left_out_and_noted(course, data):
    course.hand_in({"ex01.ipynb": GOOD, "timestamp.txt": data})
    prepared = course.prepare()
    assert kinds(prepared) == ["timestamp"]
    assert copied(prepared) == []


# --- students ---------------------------------------------------------------------------------

IDS = ["*", "[ab]", "a?", "(.*)", "-rf", ".hidden", "a b", "a,b", "\"a'b", "Zoë 李", "{x}", " a "]


@pytest.mark.parametrize("student", IDS)
def test_any_folder_name_is_a_students_id(course, student):
    folder = course.root / "submitted" / student / "ex01"
    folder.mkdir(parents=True)
    (folder / "ex01.ipynb").write_text(GOOD)
    prepared = course.prepare(student)
    assert prepared.notes == ()
    assert prepared.folder == course.root / "work" / "submitted" / student / "ex01"


@pytest.mark.parametrize("student", ["a\nb", os.fsdecode(b"\xff"), "", "..", "a/b"])
def test_an_id_that_the_gradebook_cannot_hold_is_told(course, student):
    prepared = prepare(course.folder, student, "ex01", course.source, course.root / "work")
    assert prepared.tree is None
    prepared.reason.encode("utf-8")
    assert "\n" not in prepared.reason


def test_all_students_are_found(course):
    for student in IDS:
        (course.root / "submitted" / student / "ex01").mkdir(parents=True)
    (course.root / "submitted" / "no work").mkdir()
    (course.root / "submitted" / "README").write_text("x")
    (course.root / "submitted" / ".ipynb_checkpoints").mkdir()
    found = find_submissions(course.source)
    assert [s.student for s in found] == sorted([*IDS, "ada"])
    assert all(s.folder.is_dir() for s in found)


@pytest.mark.parametrize("pattern", ["{a}/submitted/{s}", "submitted/team-{s}-x/{a}", "{a}/{s}"])
def test_students_are_found_in_other_structures(tmp_path, pattern):
    course = Course(tmp_path)
    pattern = pattern.format(a="ex01", s=_STUDENT)
    course.source = replace(course.source, pattern=pattern)
    course.source.submission_folder("a*b").mkdir(parents=True)
    assert [s.student for s in find_submissions(course.source)] == ["a*b"]


def test_nothing_handed_in(tmp_path):
    course = Course(tmp_path)
    shutil.rmtree(tmp_path / "submitted")
    assert find_submissions(course.source) == []


# --- the last resort --------------------------------------------------------------------------


def test_what_was_not_foreseen_is_a_reason_and_no_exception(course, monkeypatch):
    course.hand_in({"ex01.ipynb": GOOD})

    def broken(*_: object) -> None:
        raise KeyError("x\ny")

    monkeypatch.setattr(prepare_module, "choose", broken)
    prepared = prepare(course.folder, "ada", "ex01", course.source, course.root / "work")
    assert prepared.tree is None
    assert "unforeseen: KeyError" in prepared.reason
    assert "\n" not in prepared.reason


def test_a_full_disk_is_not_the_students_fault(course, monkeypatch):
    course.hand_in({"ex01.ipynb": GOOD, "helper.py": ""})

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(folder_module.Folder, "copy", full)
    with pytest.raises(OSError, match="No space left"):
        prepare(course.folder, "ada", "ex01", course.source, course.root / "work")


def test_no_descriptor_stays_open(course):
    course.hand_in({"ex01.ipynb": GOOD, "a/b.csv": "", "ex01-Copy1.ipynb": "{"})
    os.mkfifo(course.folder / "pipe")
    course.prepare()
    before = sorted(Path("/proc/self/fd").iterdir())
    for _ in range(5):
        course.prepare()
    assert sorted(Path("/proc/self/fd").iterdir()) == before
