"""Submissions in: from real downloads into a real course, and through nbgrader's exchange."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from safehaven.errors import CourseError
from safehaven.grading.collect import Collection, Limits, Refused, collect
from safehaven.grading.collect.limits import MIB
from safehaven.grading.preflight import find_submissions, load_source, prepare
from tests.grading.run_class import ASSIGNMENT, CONFIG, make_course, python

NOTEBOOK = f"{ASSIGNMENT}.ipynb"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(tmp_path_factory.mktemp("collect") / "course")
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        for student in ("alice", "bob", "carol"):
            gradebook.add_student(student)
    return root


@pytest.fixture
def root(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once, tmp_path / "course"))


@pytest.fixture
def work(once: Path) -> bytes:
    """The notebook as it was released."""
    return (once / "release" / ASSIGNMENT / NOTEBOOK).read_bytes()


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def download(folder: Path, files: Mapping[str, bytes]) -> Path:
    file = folder / "submissions.zip"
    file.write_bytes(zipped(files))
    return file


def listed(folder: Path, text: str) -> Path:
    file = folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    return file


def there(root: Path) -> dict[str, set[str]]:
    """The files of each student below submitted/."""
    return {
        student.name: {
            str(file.relative_to(student / ASSIGNMENT))
            for file in student.rglob("*")
            if file.is_file()
        }
        for student in sorted((root / "submitted").iterdir())
    }


def handed_in(root: Path, student: str, name: str = NOTEBOOK) -> bytes:
    return (root / "submitted" / student / ASSIGNMENT / name).read_bytes()


def changes(found: Collection) -> dict[str, str]:
    return {one.student: one.change for one in found.collected}


CLASS = "lms_id,student_id,submitted\n101,alice,2026-03-01 10:00\n102,bob,\n103,carol,\n"


# --- Canvas -----------------------------------------------------------------------------------


def test_a_download_of_canvas_is_collected_and_can_be_graded(
    root: Path, work: bytes, tmp_path: Path
) -> None:
    said: list[str] = []
    source = download(
        tmp_path,
        {
            f"alicea_101_9001_{NOTEBOOK}": b"{}",
            "alicea_101_9007_sums-1.ipynb": work,
            "alicea_101_9003_timestamp.txt": b"2020-01-01 00:00:00 UTC",
            f"bobb_LATE_102_9004_{NOTEBOOK}": work,
            "carolc_103_9005_hand-in.zip": zipped(
                {f"My work/{NOTEBOOK}": work, "My work/data/a.csv": b"1", "My work/in.zip": b"PK"}
            ),
            f"zoe_104_9006_{NOTEBOOK}": work,
            "typed_105_text.html": b"<p>Hello",
        },
    )
    found = collect(root, ASSIGNMENT, source, students=listed(tmp_path, CLASS), report=said.append)
    assert there(root) == {
        "alice": {NOTEBOOK, "timestamp.txt"},
        "bob": {NOTEBOOK},
        "carol": {NOTEBOOK, "data/a.csv"},
    }
    assert handed_in(root, "alice") == work, "the newest upload counts"
    assert handed_in(root, "alice", "timestamp.txt") == b"2026-03-01 10:00:00.000000 UTC\n"
    alice, bob, _ = found.collected
    assert "sums.ipynb was handed in more than once" in " ".join(alice.notes)
    assert "own timestamp.txt was left out" in " ".join(alice.notes)
    assert bob.late and "does not say by how much" in " ".join(bob.notes)
    refused = {one.file: one for one in found.refused}
    assert "only one level" in refused["carolc_103_9005_hand-in.zip → in.zip"].reason
    assert refused["carolc_103_9005_hand-in.zip → in.zip"].student == "carol"
    assert "list does not hold '104'" in refused["104"].reason
    assert "typed into" in refused["typed_105_text.html"].reason
    assert all(one.reason and one.remedy for one in found.refused)
    assert said[-1] == str(found) == "Collected: 3 new. Refused: 3."
    assert any(line.startswith("refused: carol: ") for line in said)
    assignment = load_source(root, ASSIGNMENT)
    for one in find_submissions(assignment):
        into = tmp_path / "prepared" / one.student
        prepared = prepare(one.folder, one.student, ASSIGNMENT, assignment, into)
        assert not prepared.reason and not prepared.notes, one.student


def test_the_marks_for_late_work_are_kept(root: Path, work: bytes, tmp_path: Path) -> None:
    source = download(tmp_path, {f"bobb_LATE_102_9004_{NOTEBOOK}": work})
    collect(root, ASSIGNMENT, source)
    kept = json.loads((root / "grading" / ASSIGNMENT / "collected.json").read_text())
    assert [(one["student"], one["late"]) for one in kept["collected"]] == [("102", True)]
    assert "does not know this student yet" in kept["collected"][0]["notes"][-1]
    left = {file.name for file in (root / "grading" / ASSIGNMENT).iterdir()}
    assert left == {"collected.json", "lock"}


def test_nothing_is_overwritten_without_a_word(root: Path, work: bytes, tmp_path: Path) -> None:
    name = f"alicea_101_9001_{NOTEBOOK}"
    lists = {"students": listed(tmp_path, CLASS)}
    first = download(tmp_path, {name: work})
    assert changes(collect(root, ASSIGNMENT, first, **lists)) == {"alice": "new"}
    assert changes(collect(root, ASSIGNMENT, first, **lists)) == {"alice": "unchanged"}
    second = download(tmp_path, {name: work + b" "})
    found = collect(root, ASSIGNMENT, second, **lists)
    assert changes(found) == {"alice": "kept the earlier one"}
    assert "--update" in found.collected[0].notes[0]
    assert handed_in(root, "alice") == work
    found = collect(root, ASSIGNMENT, second, **lists, update=True)
    assert changes(found) == {"alice": "replaced"}
    assert handed_in(root, "alice") == work + b" "
    (aside,) = (root / "grading" / ASSIGNMENT / "earlier" / "alice").iterdir()
    assert (aside / NOTEBOOK).read_bytes() == work
    older = listed(tmp_path, CLASS.replace("2026-03-01", "2026-02-01"))
    found = collect(root, ASSIGNMENT, download(tmp_path, {name: work}), students=older, update=True)
    assert changes(found) == {"alice": "kept the earlier one"}
    assert "handed in later" in found.collected[0].notes[0]


def test_what_stands_in_the_way_stops_one_student_only(
    root: Path, work: bytes, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "submitted").mkdir()
    (root / "submitted" / "alice").symlink_to(outside)
    (root / "submitted" / "carol").write_text("a file")
    source = download(tmp_path, {f"{n}_{n}_{n}_{NOTEBOOK}": work for n in (101, 102, 103)})
    found = collect(root, ASSIGNMENT, source, students=listed(tmp_path, CLASS))
    assert changes(found) == {"bob": "new"}
    assert list(outside.iterdir()) == []
    alice, carol = found.refused
    assert "a link or a file" in alice.reason
    assert carol.reason == "It cannot be written: File exists."


def test_bombs_and_tricks_in_a_students_zip_spoil_nothing_else(
    root: Path, work: bytes, tmp_path: Path
) -> None:
    tricks = {"../../../evil": b"x", "/etc/evil": b"x", NOTEBOOK: work, "SUMS.ipynb": b"{}"}
    source = download(
        tmp_path,
        {
            "a_101_1_all.zip": zipped(tricks),
            "b_102_2_bomb.zip": zipped({NOTEBOOK: work, "zeros": bytes(30 * MIB)}),
            "c_103_3_broken.zip": zipped({NOTEBOOK: work})[:-30],
            f"c_103_4_{NOTEBOOK}": work,
            "d_104_5_all.7z": b"7z",
        },
    )
    classlist = listed(tmp_path, CLASS + "104,dora,\n")
    found = collect(root, ASSIGNMENT, source, students=classlist)
    assert [sorted(files - {"timestamp.txt"}) for files in there(root).values()] == [[NOTEBOOK]] * 3
    reasons = {one.file: one.reason for one in found.refused}
    assert "leads out" in reasons["a_101_1_all.zip → ../../../evil"]
    assert "absolute" in reasons["a_101_1_all.zip → /etc/evil"]
    assert "upper and lower" in reasons["a_101_1_all.zip → SUMS.ipynb"]
    assert "archive bomb" in reasons["b_102_2_bomb.zip → zeros"]
    assert "no zip" in reasons["c_103_3_broken.zip"]
    assert "Only zip" in reasons["104"]
    assert not list(tmp_path.rglob("evil"))


def test_a_students_own_time_counts_in_no_disguise(root: Path, work: bytes, tmp_path: Path) -> None:
    files = {NOTEBOOK: work, "Timestamp.TXT": b"2020-01-01", "timestamp.txt/a/b": b"x"}
    source = download(tmp_path, {"b_102_1_all.zip": zipped(files), f"c_103_2_{NOTEBOOK}": work})
    found = collect(root, ASSIGNMENT, source, students=listed(tmp_path, CLASS))
    assert there(root) == {"bob": {NOTEBOOK}, "carol": {NOTEBOOK}}
    assert "own timestamp.txt was left out" in found.collected[0].notes[0]


def test_a_student_cannot_hand_in_too_much(root: Path, work: bytes, tmp_path: Path) -> None:
    noise = os.urandom(MIB)
    source = download(
        tmp_path,
        {
            "a_101_1_all.zip": zipped({f"{n}.bin": noise for n in range(3)}),
            f"a_101_2_{NOTEBOOK}": work,
            **{f"b_102_{n}_{n}.txt": b"x" for n in range(3, 9)},
        },
    )
    limits = Limits(student_bytes=2 * MIB, student_entries=4)
    found = collect(root, ASSIGNMENT, source, students=listed(tmp_path, CLASS), limits=limits)
    assert there(root)["alice"] == {NOTEBOOK, "timestamp.txt"}
    assert len(there(root)["bob"]) == 4
    assert "That would be 3 MiB; 2 MiB are allowed." in {one.reason for one in found.refused}


# --- Moodle, folders --------------------------------------------------------------------------


def test_a_download_of_moodle_needs_a_list_and_is_collected(
    root: Path, work: bytes, tmp_path: Path
) -> None:
    source = download(
        tmp_path,
        {
            f"Alice A_11_assignsubmission_file_/{NOTEBOOK}": work,
            "Bob B_12_assignsubmission_file_/deep/a.csv": b"1",
            "Bob B_12_assignsubmission_file_/work.zip": zipped({NOTEBOOK: work}),
        },
    )
    with pytest.raises(CourseError, match="one assignment only") as error:
        collect(root, ASSIGNMENT, source)
    assert "grading worksheet" in error.value.remedy
    worksheet = listed(
        tmp_path, "Identifier,Full name,ID number\nParticipant 11,A,alice\nParticipant 12,B,bob\n"
    )
    found = collect(root, ASSIGNMENT, source, students=worksheet, student_column="ID number")
    assert found.source == "moodle"
    assert there(root) == {"alice": {NOTEBOOK}, "bob": {NOTEBOOK, "deep/a.csv"}}


def test_a_folder_of_students_is_collected_without_its_links(
    root: Path, work: bytes, tmp_path: Path
) -> None:
    source = tmp_path / "work"
    for student in ("alice", "alice ", "bob", "Carol", "*", ".hidden"):
        folder = source / student
        folder.mkdir(parents=True)
        (folder / NOTEBOOK).write_bytes(work)
    (source / "alice" / "timestamp.txt").write_text("2026-03-02 09:00:00 UTC")
    (source / "bob" / "timestamp.txt").write_text("some time")
    (source / "bob" / "secret.ipynb").symlink_to(root / "source" / ASSIGNMENT / NOTEBOOK)
    (source / "dora").symlink_to(root / "source")
    (source / "notes.txt").write_text("mine")
    os.link(root / "source" / ASSIGNMENT / NOTEBOOK, source / "bob" / "hard.ipynb")
    found = collect(root, ASSIGNMENT, source)
    assert there(root) == {"alice": {NOTEBOOK, "timestamp.txt"}, "bob": {NOTEBOOK}}
    assert f"{found.collected[0].submitted}" == "2026-03-02 09:00:00+00:00"
    reasons = {one.file: one.reason for one in found.refused}
    assert reasons["bob/secret.ipynb"] == "It is a symbolic link."
    assert "hard link to a file of the course" in reasons["bob/hard.ipynb"]
    assert "link" in reasons["dora"]
    assert "'Carol' differs from the student 'carol'" in reasons["Carol"]
    assert "pattern" in reasons["*"]
    assert "ends in a dot or a space" in reasons[f"alice /{NOTEBOOK}"]
    assert "begins with a dot" in reasons[".hidden"]
    assert "whose it is" in reasons["notes.txt"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("none.zip", None, "no such file"), ("broken.zip", b"nothing", "no zip")],
)
def test_a_source_that_cannot_be_used_is_refused(
    root: Path, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    source = tmp_path / name
    if data is not None:
        source.write_bytes(data)
    with pytest.raises(CourseError, match=words):
        collect(root, ASSIGNMENT, source)


def test_a_source_that_would_fill_the_disk_is_refused(
    root: Path, work: bytes, tmp_path: Path
) -> None:
    source = download(tmp_path, {f"a_101_1_{NOTEBOOK}": work})
    with pytest.raises(CourseError, match="Unpacked it would be"):
        collect(root, ASSIGNMENT, source, limits=Limits(total_bytes=10))
    assert not (root / "submitted").exists()


def test_nothing_is_collected_while_it_is_graded(root: Path, work: bytes, tmp_path: Path) -> None:
    source = download(tmp_path, {f"a_101_1_{NOTEBOOK}": work})
    code = (
        "import sys; from pathlib import Path; from safehaven.grading.run.lock import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    other = python(
        code, str(root / "grading" / ASSIGNMENT), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None and other.stdout.readline() == b"held\n"
    with pytest.raises(CourseError, match="being graded"):
        collect(root, ASSIGNMENT, source)
    other.communicate()
    assert changes(collect(root, ASSIGNMENT, source)) == {"101": "new"}


def test_a_refusal_is_safe_to_print() -> None:
    line = str(Refused("f", "r.", "m.", "\x1b[2J"))
    assert line == r"refused: \x1b[2J: f: r. Remedy: m."


# --- nbgrader's exchange ----------------------------------------------------------------------


@pytest.fixture
def inbound(root: Path, tmp_path: Path) -> Path:
    exchange = tmp_path / "exchange"
    folder = exchange / "small" / "inbound"
    folder.mkdir(parents=True)
    exchange.chmod(0o777)
    settings = f"c.Exchange.root = {str(exchange)!r}\n"
    (root / "nbgrader_config.py").write_text(CONFIG + settings, encoding="utf-8")
    return folder


def submit(inbound: Path, student: str, work: bytes, day: int) -> Path:
    folder = inbound / f"{student}+{ASSIGNMENT}+2026-03-0{day} 10:00:00 UTC"
    folder.mkdir()
    (folder / NOTEBOOK).write_bytes(work)
    (folder / "timestamp.txt").write_text(f"2026-03-0{day} 10:00:00 UTC")
    return folder


def test_the_exchange_is_collected_without_links(root: Path, inbound: Path, work: bytes) -> None:
    submit(inbound, "alice", b"{}", 1)
    submit(inbound, "alice", work, 2)
    bob = submit(inbound, "bob", work, 1)
    (bob / "solution.ipynb").symlink_to(root / "source" / ASSIGNMENT / NOTEBOOK)
    (bob / "data").mkdir()
    (bob / "data" / "a.csv").write_text("1")
    (inbound / f"carol+{ASSIGNMENT}+2026-03-01 10:00:00 UTC").symlink_to(root / "source")
    os.link(root / "source" / ASSIGNMENT / NOTEBOOK, bob / "hard.ipynb")
    (inbound / f"mallory+{ASSIGNMENT}+no time at all").mkdir()
    submit(inbound, "a*", work, 1)
    said: list[str] = []
    found = collect(root, ASSIGNMENT, "exchange", report=said.append)
    assert there(root) == {
        "alice": {NOTEBOOK, "timestamp.txt"},
        "bob": {NOTEBOOK, "timestamp.txt", "data/a.csv"},
    }
    assert handed_in(root, "alice") == work
    assert [f"{one.submitted:%d}" for one in found.collected] == ["02", "01"]
    assert any("solution.ipynb" in line for line in said)
    assert set(found.said) <= set(said)
    assert any("hard.ipynb" in line for line in said)
    for name in ("carol", "mallory", "a*+"):
        assert any(f"cannot be read: {name}" in line for line in said), name
    assert changes(collect(root, ASSIGNMENT, "exchange")) == {
        "alice": "unchanged",
        "bob": "unchanged",
    }
    submit(inbound, "alice", work + b"\n", 3)
    found = collect(root, ASSIGNMENT, "exchange", update=True)
    assert changes(found) == {"alice": "replaced", "bob": "unchanged"}


def test_an_exchange_that_is_not_there_is_refused(root: Path) -> None:
    settings = "c.Exchange.root = '/nowhere/at/all'\n"
    (root / "nbgrader_config.py").write_text(CONFIG + settings, encoding="utf-8")
    with pytest.raises(CourseError, match="cannot collect from the exchange"):
        collect(root, ASSIGNMENT, "exchange")
