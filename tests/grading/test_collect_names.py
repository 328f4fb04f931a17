"""Names from outside: paths, students, and the names that Canvas and Moodle give."""

from pathlib import Path

import pytest

from safehaven.errors import CourseError
from safehaven.grading.collect.items import Item
from safehaven.grading.collect.layout import Known, hand_ins, layout_of, original_name, unwrapped
from safehaven.grading.collect.model import Unusable
from safehaven.grading.collect.paths import folded, is_clutter, safe_parts, safe_student
from safehaven.grading.collect.students import Listed, read_students

NOTEBOOK = "ex07-two-lists.ipynb"
KNOWN = Known("ex07-two-lists", frozenset({NOTEBOOK}))


def item(path: str) -> Item:
    return Item(tuple(path.split("/")), 1, lambda _: None)


def read(*paths: str, known: Known = KNOWN) -> tuple[str, dict[str, list[str]], list[str]]:
    """The layout, the files of each person, and the reasons of what was refused."""
    items = unwrapped(tuple(map(item, paths)))
    layout = layout_of(items)
    found, refused = hand_ins(items, layout, known)
    files = {one.key: ["/".join(part.parts) for part in one.files] for one in found}
    return layout, files, [one.reason for one in refused]


# --- paths ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.ipynb", "leads out of its folder"),
        ("a/../../evil.ipynb", "leads out of its folder"),
        ("a\\..\\..\\evil.ipynb", "leads out of its folder"),
        ("/etc/cron.d/evil", "absolute"),
        ("\\\\server\\share\\evil", "absolute"),
        ("C:\\Windows\\evil", "drive"),
        ("c:evil", "drive"),
        ("good.ipynb\0.txt", "NUL"),
        ("a\nb.ipynb", "control"),
        ("a\u202egnp.ipynb", "control"),
        ("CON", "device"),
        ("data/nul.csv", "device"),
        ("com1.txt", "device"),
        ("name.", "dot or a space"),
        ("name ", "dot or a space"),
        ("x" * 256, "too long"),
        ("ع" * 130, "too long"),
        ("/".join("abcdefghijklmn"), "folders deep"),
        ("", "no name"),
        ("./", "no name"),
    ],
)
def test_a_trick_in_a_path_is_refused(name: str, reason: str) -> None:
    with pytest.raises(Unusable, match=reason) as found:
        safe_parts(name, depth=12)
    assert found.value.remedy


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ex.ipynb", ("ex.ipynb",)),
        ("./data//a.csv", ("data", "a.csv")),
        ("data\\a.csv", ("data", "a.csv")),
        ("نیمه‌شب [1].ipynb", ("نیمه‌شب [1].ipynb",)),
        ("console.py", ("console.py",)),
        ("..hidden", ("..hidden",)),
    ],
)
def test_a_plain_path_is_taken(name: str, parts: tuple[str, ...]) -> None:
    assert safe_parts(name, depth=12) == parts


@pytest.mark.parametrize(
    "name",
    ["", "  ", ".", "..", "../x", "a/b", "a\\b", "*", "a?", "[ab]", ".hidden", "-f", "nul", "a\0b",
     "x" * 129, "a.", "a\x1b[2J"],
)  # fmt: skip
def test_an_id_that_is_a_path_or_a_pattern_is_refused(name: str) -> None:
    with pytest.raises(Unusable) as found:
        safe_student(name)
    assert "\x1b" not in found.value.reason


@pytest.mark.parametrize("name", ["student-01", "a+b@example.org", "گلبدین", "o'neil, j", "12345"])
def test_a_plain_id_is_taken(name: str) -> None:
    assert safe_student(f" {name} ") == name


def test_names_that_some_system_takes_for_one_are_folded() -> None:
    assert folded(("Data", "\u00c9.csv")) == folded(("data", "E\u0301.csv".lower()))
    assert is_clutter(("__MACOSX", "x")) and is_clutter(("a", "._ex.ipynb"))
    assert not is_clutter((".ipynb_checkpoints", "ex-checkpoint.ipynb"))


# --- Canvas -----------------------------------------------------------------------------------


def test_files_of_canvas_are_sorted_by_user() -> None:
    layout, files, refused = read(
        f"ghaniahmad_101_9001_{NOTEBOOK}",
        "ghaniahmad_101_9002_data.csv",
        f"neiljr_LATE_102_9003_{NOTEBOOK}",
        "smith_jr_103_9004_ex07-two-lists-1.ipynb",
        f"anon_Ab3_9005_{NOTEBOOK}",
        "typed_104_text.html",
        "linked_LATE_105_link.html",
    )
    assert layout == "canvas"
    assert files == {
        "101": [NOTEBOOK, "data.csv"],
        "102": [NOTEBOOK],
        "103": [NOTEBOOK],
        "anon_Ab3": [NOTEBOOK],
    }
    assert len(refused) == 2 and all("typed into" in reason for reason in refused)


def test_late_work_is_marked() -> None:
    found, _ = hand_ins([item(f"neil_LATE_102_9_{NOTEBOOK}")], "canvas", KNOWN)
    assert found[0].late
    found, _ = hand_ins([item(f"late_102_9_{NOTEBOOK}")], "canvas", KNOWN)
    assert not found[0].late


def test_a_name_does_not_make_one_student_another() -> None:
    """A student who calls himself 'x_999' does not hand in for the user 999."""
    _, files, refused = read(f"x_999_101_9001_{NOTEBOOK}")
    assert files == {"101": [NOTEBOOK]} and not refused
    _, files, refused = read("x_999_101_9001_other.ipynb")
    assert files == {} and "user 999 or 101" in refused[0]
    known = Known("ex07-two-lists", keys={"999", "101"})
    _, files, refused = read("x_999_101_9001_other.ipynb", known=known)
    assert files == {} and refused
    _, files, _ = read("ann_101_9001_7_lists.csv", known=known)
    assert files == {"101": ["7_lists.csv"]}


@pytest.mark.parametrize("name", ["ex07-two-lists-1.ipynb", "ex07-two-lists-1-2.ipynb",
                                  "ex07-two-lists (3).ipynb"])  # fmt: skip
def test_a_counted_notebook_gets_its_name_back(name: str) -> None:
    assert original_name(name, {NOTEBOOK}) == NOTEBOOK


def test_a_name_that_ends_like_a_count_is_found() -> None:
    assert original_name("quiz-07-1.ipynb", {"quiz-07.ipynb"}) == "quiz-07.ipynb"
    assert original_name("quiz-07-1-2 (3).ipynb", {"quiz-07.ipynb"}) == "quiz-07.ipynb"
    assert original_name("quiz-07.ipynb", {"quiz-07.ipynb", "quiz.ipynb"}) == "quiz-07.ipynb"


@pytest.mark.parametrize("name", ["ex07-two-lists-b.ipynb", "other-1.ipynb", "notes-1.txt"])
def test_another_file_keeps_its_name(name: str) -> None:
    assert original_name(name, {NOTEBOOK}) == name


# --- Moodle, folders --------------------------------------------------------------------------


def test_folders_of_moodle_are_sorted_by_participant() -> None:
    layout, files, refused = read(
        f"Ahmad Ghani_11_assignsubmission_file_/{NOTEBOOK}",
        "Ahmad Ghani_11_assignsubmission_file_/data/a.csv",
        f"گلبدین_12_assignsubmission_file/{NOTEBOOK}",
        "Zoe_13_assignsubmission_onlinetext_/onlinetext.html",
    )
    assert layout == "moodle"
    assert files == {"11": [NOTEBOOK, "data/a.csv"], "12": [NOTEBOOK]}
    assert "typed into" in refused[0]


def test_files_of_moodle_without_folders_are_sorted_too() -> None:
    layout, files, _ = read(
        f"Ahmad Ghani_11_assignsubmission_file_{NOTEBOOK}",
        "Eve_12_assignsubmission_file_Ahmad_11_assignsubmission_file_x.ipynb",
    )
    assert layout == "moodle"
    assert files == {"11": [NOTEBOOK], "12": ["Ahmad_11_assignsubmission_file_x.ipynb"]}


def test_a_download_in_one_more_folder_is_recognised() -> None:
    layout, files, _ = read(f"submissions/ann_101_9001_{NOTEBOOK}", "submissions/bo_102_9_b.ipynb")
    assert (layout, sorted(files)) == ("canvas", ["101", "102"])


def test_any_other_folder_is_a_student() -> None:
    layout, files, refused = read(
        f"alice/{NOTEBOOK}", f"bob/ex07-two-lists/{NOTEBOOK}", "bob/ex07-two-lists/d/a.csv", "x.txt"
    )
    assert layout == "folders"
    assert files == {"alice": [NOTEBOOK], "bob": [NOTEBOOK, "d/a.csv"]}
    assert refused == ["Its name does not tell whose it is."]


# --- the list of the class --------------------------------------------------------------------


def write(folder: Path, text: str) -> Path:
    file = folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_list_of_ones_own_is_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "\ufefflms_id,student_id,submitted\n101,alice,2026-10-01 21:59\n"
        "102,'=bob,2026-10-01T23:59:00+02:00\n103,,\n",
    )
    found = read_students(file)
    assert list(found) == ["101", "102"]
    assert (
        f"{found['101'].submitted:%H:%M %Z}" == f"{found['102'].submitted:%H:%M %Z}" == "21:59 UTC"
    )
    assert found["102"].student == "=bob"


def test_exports_of_canvas_and_moodle_are_lists(tmp_path: Path) -> None:
    canvas = "Student,ID,SIS Login ID,Section,ex (1)\n    Points Possible,,,,5\nA,101,alice,S,\n"
    assert read_students(write(tmp_path, canvas), "SIS Login ID") == {"101": Listed("alice")}
    moodle = "Identifier,Full name,Email address\nParticipant 12,A,a@example.org\n"
    assert read_students(write(tmp_path, moodle), "Email address") == {
        "12": Listed("a@example.org")
    }


@pytest.mark.parametrize(
    ("text", "column", "words", "line"),
    [
        ("Student,ID\nA,1\n", "", "no column 'student_id'", 1),
        ("name,student_id\nA,1\n", "", "no column 'lms_id' or 'Identifier'", 1),
        ("", "", "Its columns are: none", 1),
        ("lms_id,student_id\n1,a\n1,b\n", "", "twice", 3),
        ("lms_id,student_id\n1,a\n2,a\n", "", "twice", 3),
        ("lms_id,student_id,submitted\n1,a,yesterday\n", "", "no date", 2),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(
    tmp_path: Path, text: str, column: str, words: str, line: int
) -> None:
    with pytest.raises(CourseError, match=words) as found:
        read_students(write(tmp_path, text), column)
    assert found.value.line == line
