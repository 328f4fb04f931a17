"""Grades out: the three plugins on a real gradebook."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from traitlets.config import Config

from safehaven.assignments.stock import find_programs
from safehaven.errors import CourseError
from safehaven.grading.export import CanvasExporter, LongExporter, MoodleExporter
from safehaven.grading.export.plugin import Exporter, listed
from safehaven.grading.outcome import Note, Outcome
from safehaven.grading.report import Run, write_report

TWO_LISTS, QUIZ = "ex07-two-lists", "quiz-07"

#: id, first name, family name, address, id in the learning platform
STUDENTS = (
    ("zero", "Zero", "Nought", "zero@example.org", "101"),
    ("full", "=cmd|' /C calc'!A0", 'O"Neil, Jr.', "full@example.org", "102"),
    ("waiting", "گلبدین", "Ünal", "waiting@example.org", "103"),
    ("broken", "-1+1", "@SUM(A1)", "broken@example.org", "104"),
    ("absent", "", "Absent", "absent@example.org", "105"),
    ("untouched", "", "", "untouched@example.org", "106"),
    ("late", "", "Late", "late@example.org", "107"),
    ("=1+1", "", "Formula", "", "108"),
    ("cheat", "", "Tamper", "cheat@example.org", "109"),
    ("older", "", "Older", "older@example.org", "110"),
)

#: points of the test, points of the person, whether a person is still to give points
MARKS: dict[str, tuple[float | None, float | None, bool]] = {
    "zero": (0.0, 0.0, False),
    "full": (2.0, 3.0, False),
    "waiting": (2.0, None, True),
    "broken": (None, None, True),
    "untouched": (None, None, True),
    "late": (2.0, 1.5, False),
    "=1+1": (1.0, 1.0, False),
    "cheat": (0.0, 1.0, False),
    "older": (2.0, 2.0, False),
}

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Integration ID,Section,"
    "Two lists (4711),quiz-07 (4712),Final Score\r\n"
    ",,,,,,Manual Posting,,\r\n"
    "    Points Possible,,,,,,5.00,10.00,(read only)\r\n"
    '"Nought, Zero",101,zero,z1,,"S ""1""",,,0\r\n'
    '"=""O\'Neil""",102,,full@EXAMPLE.org,,S1,"1.00",,0\r\n'
    '"Ünal, گلبدین",103,waiting,,,S1,,3,0\r\n'
    "Broken,104,,,broken,S1,,,0\r\n"
    '"Absent",105,absent,,,S1,,,0\r\n'
    '"Untouched",106,untouched,,,S1,,,0\r\n'
    '"Late",107,,,,S1,EX,,0\r\n'
    '"Formula",108,=1+1,,,S1,,,0\r\n'
    '"Tamper",109,cheat,,,S1,,,0\r\n'
    '"Older",110,older,cheat,,S1,7,,0\r\n'
    '"Student, Test",999,,,,S1,,,0\r\n'
)


def add_assignment(gradebook: Gradebook, name: str) -> None:
    gradebook.add_assignment(name)
    gradebook.add_notebook(name, name)
    gradebook.add_grade_cell("task-1-a", name, name, max_score=2, cell_type="code")
    gradebook.add_grade_cell("judgement", name, name, max_score=3, cell_type="markdown")
    gradebook.add_solution_cell("judgement", name, name)
    gradebook.add_solution_cell("task-1", name, name)


def add_marks(gradebook: Gradebook) -> None:
    for student, (auto, manual, waits) in MARKS.items():
        submission = gradebook.add_submission(
            TWO_LISTS, student, timestamp=datetime(2026, 10, 1, tzinfo=UTC).replace(tzinfo=None)
        )
        notebook = submission.notebooks[0]
        for grade in notebook.grades:
            by_hand = grade.name == "judgement"
            grade.auto_score = None if by_hand else auto
            grade.manual_score = manual if by_hand else None
            grade.needs_manual_grade = waits and (by_hand or auto is None)
            if student == "full" and by_hand:
                grade.extra_credit = 0.5
        for comment in notebook.comments:
            if student == "full" and comment.name == "judgement":
                comment.manual_comment = "=Well;\nput"
        if student == "late":
            notebook.late_submission_penalty = 1.25
    gradebook.db.commit()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a gradebook, a source notebook and the report of a run."""
    root = tmp_path_factory.mktemp("course")
    find_programs()
    with Gradebook(f"sqlite:///{root}/gradebook.db", "small") as gradebook:
        add_assignment(gradebook, TWO_LISTS)
        add_assignment(gradebook, QUIZ)
        for name, first, last, email, lms in STUDENTS:
            gradebook.add_student(
                name, first_name=first, last_name=last, email=email or None, lms_user_id=lms
            )
        add_marks(gradebook)
    source = root / "source" / TWO_LISTS / f"{TWO_LISTS}.ipynb"
    source.parent.mkdir(parents=True)
    cells = [{"metadata": {"nbgrader": {"grade_id": g}}} for g in ("task-1-a", "judgement")]
    tasks = {"task-1": "L07.4", "judgement": "L07.2"}
    source.write_text(json.dumps({"cells": cells, "metadata": {"safehaven": {"tasks": tasks}}}))
    outcomes = (
        Outcome("broken", TWO_LISTS, "ungradable", reason="The file is empty."),
        Outcome("cheat", TWO_LISTS, "tampered", (Note("tampering", "It patched assert."),)),
        Outcome("older", TWO_LISTS, "ungradable", reason="The file is empty.", score=4.0),
        Outcome("absent", TWO_LISTS, "missing"),
    )
    run = Run("small", TWO_LISTS, outcomes, datetime.now(UTC), 1.0)
    write_report(run, root / "grading" / TWO_LISTS)
    (root / "canvas.csv").write_bytes(CANVAS.encode())
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 's'\n"
    )
    return root


@pytest.fixture
def gradebook(course: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{course}/gradebook.db", "small") as opened:
        yield opened


def plugin(kind: type[Exporter], course: Path, **settings: Any) -> Exporter:
    config = Config({"CourseDirectory": {"root": str(course)}})
    return kind(config=config, **settings)


def rows(file: Path) -> list[dict[str, str]]:
    text = file.read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# --- Canvas -----------------------------------------------------------------------------------


def fill(course: Path, gradebook: Gradebook, to: Path, **settings: Any) -> tuple[str, str]:
    """What was written, and what was said."""
    settings = {"columns": {TWO_LISTS: "4711"}, "assignment": [TWO_LISTS]} | settings
    exporter = plugin(
        CanvasExporter,
        course,
        **{"template": str(course / "canvas.csv"), "to": str(to / "filled.csv"), **settings},
    )
    said = exporter.write(gradebook)
    return (to / "filled.csv").read_bytes().decode(), "\n".join(said)


def test_canvas_gets_points_and_every_other_byte_stays(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    text, _ = fill(course, gradebook, tmp_path)
    expected = CANVAS
    for old, new in {
        '"S ""1""",,,0': '"S ""1""",0,,0',
        'full@EXAMPLE.org,,S1,"1.00",': 'full@EXAMPLE.org,,S1,"5.5",',
        "108,=1+1,,,S1,,,": "108,=1+1,,,S1,2,,",
        "109,cheat,,,S1,,,": "109,cheat,,,S1,1,,",
    }.items():
        assert old in expected
        expected = expected.replace(old, new)
    assert text == expected


def test_canvas_is_told_who_has_no_points_and_why(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    _, said = fill(course, gradebook, tmp_path)
    assert f"{TWO_LISTS}: no points, waiting for a person: waiting." in said
    assert f"{TWO_LISTS}: no points, ungradable: broken (The file is empty.)." in said
    assert f"{TWO_LISTS}: no points, missing: absent." in said
    assert f"{TWO_LISTS}: no points, not graded: untouched." in said
    assert "signs of tampering: see the grading report: cheat" in said
    assert "points are those of an earlier submission; the newest could not be graded: old" in said
    assert "the cell says EX and was left so: late" in said
    assert "knows no such student: line 14 (ID 999)" in said
    assert "line 13 (ID 110) fits cheat, older" in said
    assert "because no line of the file holds their id: older" in said


def test_an_id_that_fits_two_lines_is_filled_in_none(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    (tmp_path / "two.csv").write_text(CANVAS + '"Nought, Z",555,zero,,,S2,,,0\r\n')
    text, said = fill(course, gradebook, tmp_path, template=str(tmp_path / "two.csv"))
    assert '"S ""1""",,,0' in text
    assert "because more than one line of the file fits them: zero." in said


def test_canvas_own_number_counts_only_when_asked(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    sheet = (
        "Student,ID,SIS User ID,SIS Login ID,Section,quiz-07 (1),Two lists (4711)\nA,zero,,,S,,\n"
    )
    (tmp_path / "own.csv").write_text(sheet)
    settings = {"template": str(tmp_path / "own.csv"), "student": ["zero"]}
    text, said = fill(course, gradebook, tmp_path, **settings)
    assert text == sheet
    assert "no line of the file holds their id: zero." in said
    text, said = fill(course, gradebook, tmp_path, **settings, match=["ID"])
    assert text.endswith("A,zero,,,S,,0\n")
    assert said == ""


def test_an_instructor_can_make_missing_a_zero(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    text, _ = fill(course, gradebook, tmp_path, missing_as_zero=True)
    assert '"Absent",105,absent,,,S1,0,,0' in text
    assert "Broken,104,,,broken,S1,,,0" in text


def test_a_title_of_canvas_is_found_in_semicolons_too(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    (tmp_path / "de.csv").write_text(
        "Student;ID;SIS Login ID;Section;Ex07-Two-Lists (9)\n"
        "    Points Possible;;;;20,00\nA;1;zero;S;\nB;2;full;S;1,5\n"
    )
    text, said = fill(course, gradebook, tmp_path, template=str(tmp_path / "de.csv"), columns={})
    assert text.splitlines()[2:] == ["A;1;zero;S;0", "B;2;full;S;5.5"]
    assert "Canvas says that it gives 20 points, the gradebook says 5." in said


def test_a_column_of_ones_own_is_not_taken_for_the_assignment(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    (tmp_path / "own.csv").write_text(
        f"Student,ID,SIS User ID,SIS Login ID,Section,{TWO_LISTS},{TWO_LISTS} (9)\nA,1,full,,S,,\n"
    )
    text, _ = fill(course, gradebook, tmp_path, template=str(tmp_path / "own.csv"), columns={})
    assert text.endswith("A,1,full,,S,,5.5\n")


@pytest.mark.parametrize(
    ("text", "settings", "words"),
    [
        (CANVAS, {"columns": {}}, "No column is 'ex07-two-lists'"),
        (
            CANVAS.replace("quiz-07 (4712)", "Two lists (99)"),
            {"columns": {TWO_LISTS: "Two lists"}},
            "2 columns fit 'Two lists'",
        ),
        (
            CANVAS,
            {"columns": {TWO_LISTS: "4711", QUIZ: "4711"}, "assignment": []},
            "into one column",
        ),
        (CANVAS, {"columns": {TWO_LISTS: "Final Score"}}, "No column is 'Final Score'"),
        (CANVAS, {"assignment": ["nothing"]}, "knows no assignment 'nothing'"),
        (CANVAS, {"student": ["zero", "nobody"]}, "knows no student 'nobody'"),
        (CANVAS, {"template": ""}, "No file exported from Canvas"),
        ("a,b\n1,2\n", {}, "no file exported from Canvas"),
        ("", {}, "no file exported from Canvas"),
        (
            CANVAS.replace('"Nought, Zero",101,zero,z1,,"S ""1""",,,0', "N,1,zero,,,S"),
            {},
            "has 6 cel",
        ),
    ],
)
def test_what_cannot_be_filled_in_is_refused(
    course: Path, gradebook: Gradebook, tmp_path: Path, text: str, settings: Any, words: str
) -> None:
    (tmp_path / "spoiled.csv").write_text(text, encoding="utf-8", newline="")
    with pytest.raises(CourseError, match=words.replace("(", r"\(")):
        fill(course, gradebook, tmp_path, **{"template": str(tmp_path / "spoiled.csv"), **settings})
    assert not (tmp_path / "filled.csv").exists()


def test_the_file_from_canvas_is_never_overwritten(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    file = tmp_path / "filled.csv"
    file.write_text(CANVAS, newline="")
    with pytest.raises(CourseError, match="would be overwritten"):
        fill(course, gradebook, tmp_path, template=str(file))


# --- Moodle -----------------------------------------------------------------------------------


def moodle(course: Path, gradebook: Gradebook, to: Path, **settings: Any) -> tuple[Path, str]:
    file = to / "moodle.csv"
    settings = {"assignment": [TWO_LISTS], "to": str(file)} | settings
    said = plugin(MoodleExporter, course, **settings).write(gradebook)
    return file, "\n".join(said)


def test_moodle_gets_grade_and_feedback_of_those_who_have_points(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    file, said = moodle(course, gradebook, tmp_path)
    found = {row["ID number"]: row for row in rows(file)}
    grades = {key: row[TWO_LISTS] for key, row in found.items()}
    assert grades == {"zero": "0", "full": "5.5", "late": "2.25", "cheat": "1", "older": "4"}
    assert found["full"][f"{TWO_LISTS} (Feedback)"] == (
        "5.5 of 5 points. Task by task: task-1-a 2/2, judgement 3.5/3. On judgement: =Well; put"
    )
    assert "1.25 points were taken off" in found["late"][f"{TWO_LISTS} (Feedback)"]
    assert "would run their id number as a formula; enter their points by hand: =1+1." in said
    assert "no points, missing: absent." in said


def test_moodle_can_find_students_by_address(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text(
        "First name,Email address\nZ,zero@example.org\nF,Full@example.org\n"
    )
    file, said = moodle(
        course, gradebook, tmp_path, key="email", roster=str(tmp_path / "roster.csv"), bom=True
    )
    assert file.read_bytes().startswith(b'\xef\xbb\xbf"Email address","ex07')
    assert [row["Email address"] for row in rows(file)] == ["zero@example.org"]
    assert "because the gradebook has no email address for them: =1+1." in said
    assert "because Moodle's list does not hold them: cheat, full, late, older." in said


def test_a_roster_without_the_key_is_refused(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("First name,Email address\n")
    with pytest.raises(CourseError, match="no column 'ID number'"):
        moodle(course, gradebook, tmp_path, roster=str(tmp_path / "roster.csv"))


def test_several_assignments_have_a_file_each(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    settings = {"to": str(tmp_path / "all"), "missing_as_zero": True}
    plugin(MoodleExporter, course, **settings).write(gradebook)
    files = sorted(file.name for file in (tmp_path / "all").iterdir())
    assert files == [f"moodle-{TWO_LISTS}.csv", f"moodle-{QUIZ}.csv"]
    quiz = rows(tmp_path / "all" / f"moodle-{QUIZ}.csv")
    assert {row[QUIZ] for row in quiz} == {"0"}
    assert {row[f"{QUIZ} (Feedback)"] for row in quiz} == {"Nothing was handed in."}


def test_moodles_limit_is_told(course: Path, gradebook: Gradebook, tmp_path: Path) -> None:
    submission = gradebook.find_submission(TWO_LISTS, "zero")
    for grade in submission.notebooks[0].grades:
        grade.extra_credit = 60
    _, said = moodle(course, gradebook, tmp_path)
    gradebook.db.rollback()
    assert "Moodle refuses a file with more than 100 points" in said


# --- one row for each task --------------------------------------------------------------------


def test_the_long_table_tells_zero_missing_and_ungradable_apart(
    course: Path, gradebook: Gradebook, tmp_path: Path
) -> None:
    to = tmp_path / "long.csv"
    plugin(LongExporter, course, to=str(to), assignment=[TWO_LISTS]).write(gradebook)
    found = {(row["student"], row["task"]): row for row in rows(to)}
    assert len(found) == 2 * len(STUDENTS)
    told = {
        student: tuple(found[student, task]["points"] for task in ("task-1-a", "judgement"))
        for student in ("zero", "waiting", "broken", "absent", "untouched", "cheat")
    }
    statuses = {student: found[student, "task-1-a"]["status"] for student in told}
    assert told == {
        "zero": ("0", "0"),
        "waiting": ("2", ""),
        "broken": ("", ""),
        "absent": ("", ""),
        "untouched": ("", ""),
        "cheat": ("0", "1"),
    }
    assert statuses == {
        "zero": "graded",
        "waiting": "waiting for a person",
        "broken": "ungradable",
        "absent": "missing",
        "untouched": "not graded",
        "cheat": "graded",
    }
    assert found["waiting", "task-1-a"]["task_status"] == "graded"
    assert found["waiting", "judgement"]["task_status"] == "waiting for a person"
    assert found["broken", "judgement"]["reason"] == "The file is empty."
    assert found["cheat", "judgement"]["note"].startswith("signs of tampering")
    full = found["full", "judgement"]
    assert (full["auto"], full["manual"], full["extra_credit"], full["max"]) == (
        "",
        "3",
        "0.5",
        "3",
    )
    assert (full["objective"], found["full", "task-1-a"]["objective"]) == ("L07.2", "L07.4")


def test_the_long_table_is_harmless(course: Path, gradebook: Gradebook, tmp_path: Path) -> None:
    to = tmp_path / "long.csv"
    plugin(LongExporter, course, to=str(to), assignment=[TWO_LISTS]).write(gradebook)
    found = {row["student"]: row for row in rows(to)}
    assert found["full"]["first_name"] == "'=cmd|' /C calc'!A0"
    assert found["full"]["last_name"] == 'O"Neil, Jr.'
    assert found["waiting"]["first_name"] == "گلبدین"
    assert (found["broken"]["first_name"], found["broken"]["last_name"]) == ("'-1+1", "'@SUM(A1)")
    assert "'=1+1" in found


# --- nbgrader's own command -------------------------------------------------------------------


def test_nbgrader_runs_the_plugin_and_stops_with_the_reason(course: Path, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "nbgrader", "export"),
        "--exporter=safehaven.grading.export.CanvasExporter",
        f"--CanvasExporter.template={course / 'canvas.csv'}",
        f"--to={tmp_path / 'filled.csv'}",
    ]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "quiz-07: no points, missing" in done.stderr
    assert "CanvasExporter" not in done.stderr.replace("Using exporter: CanvasExporter", "")
    assert (tmp_path / "filled.csv").read_bytes() == CANVAS.encode()


def test_a_refusal_ends_the_command(course: Path, gradebook: Gradebook) -> None:
    with pytest.raises(SystemExit) as found:
        plugin(CanvasExporter, course).export(gradebook)
    assert found.value.code == 1


def test_a_long_list_of_names_is_cut() -> None:
    assert listed(f"s{n}" for n in range(53)).endswith("s49 and 3 more")
    assert listed(["a\x1b[2J"]) == r"a\x1b[2J"
