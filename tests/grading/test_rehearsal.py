"""A small rehearsal holds as a large one must, and would notice what does not."""

import json
import shutil
from pathlib import Path

import pytest

from safehaven.folders import CourseFolders
from safehaven.grading.plan import HandIn
from safehaven.grading.rehearsal import ASSIGNMENTS, Rehearsal, rehearsal_table, rehearse
from safehaven.grading.rehearsal.checked import differences, lost
from safehaven.grading.rehearsal.simulated import hand_ins
from safehaven.grading.rehearsal.spoiled import SPOILED, Spoiled
from tests.course_copy import course_copy

ROOT = Path(__file__).parents[2]
EXERCISE, QUIZ = ASSIGNMENTS
STUDENTS = 20
SEED = 7


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    return course_copy(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def rehearsed(
    course: CourseFolders, tmp_path_factory: pytest.TempPathFactory
) -> tuple[CourseFolders, Rehearsal]:
    target = tmp_path_factory.mktemp("rehearsal") / "class"
    seconds = {"cell_seconds": 5}
    done = rehearse(course, target, students=STUDENTS, one_spoiled_in=4, seconds=seconds)
    return CourseFolders(target), done


def test_nothing_is_lost_and_all_is_as_it_must_be(
    rehearsed: tuple[CourseFolders, Rehearsal],
) -> None:
    _, done = rehearsed
    assert done.lost == ()
    assert done.differences == ()
    assert done.spoiled == 10
    for name in ASSIGNMENTS:
        assert sum(done.statuses[name].values()) == STUDENTS
    assert done.statuses[EXERCISE]["tampered"] == 1
    assert done.statuses[EXERCISE]["ungradable"] == 1


def test_every_step_is_measured_and_the_report_is_there(
    rehearsed: tuple[CourseFolders, Rehearsal],
) -> None:
    course, done = rehearsed
    grading = [step for step in done.steps if "grade" in step.what]
    assert len(grading) == len(ASSIGNMENTS)
    for step in grading:
        assert 1 < step.cpu_seconds < 600
        assert 50 * 2**20 < step.peak_bytes < 8 * 2**30
    assert done.disk["submitted"] > STUDENTS * len(ASSIGNMENTS) * 10_000
    assert done.disk["gradebook.db"] > 0
    assert "student-0007" in done.report.read_text(encoding="utf-8")
    kept = json.loads((course.root / "rehearsal.json").read_text(encoding="utf-8"))
    assert [step["what"] for step in kept["steps"]] == [step.what for step in done.steps]
    assert str(course.root) not in json.dumps(kept)
    assert "20 students, 40 notebooks, 10 of them broken or hostile; 0 lost" in rehearsal_table(
        done
    )


def test_what_is_lost_or_wrong_is_noticed(
    course: CourseFolders, rehearsed: tuple[CourseFolders, Rehearsal]
) -> None:
    graded, _ = rehearsed
    others = hand_ins(course, [EXERCISE], STUDENTS + 1, SEED)
    shutil.rmtree(graded.root / "autograded" / "student-0001" / EXERCISE)
    assert list(lost(graded, others)) == [
        f"{EXERCISE} of student-0001: no autograded copy",
        f"{EXERCISE} of student-0021: not in the report",
    ]
    # Other answers than those that were graded: most students must have other points.
    said = list(differences(graded, others, {}))
    assert len([line for line in said if "points, expected" in line]) > STUDENTS / 2
    assert f"{EXERCISE} of student-0004: ungradable" in said


@pytest.fixture(scope="module")
def handed_in(course: CourseFolders) -> list[HandIn]:
    return hand_ins(course, ASSIGNMENTS, 200, SEED)


def test_a_class_is_the_same_again_and_its_students_differ(
    course: CourseFolders, handed_in: list[HandIn]
) -> None:
    answers = [tuple((a.cell, a.text) for a in one.answers) for one in handed_in]
    again = hand_ins(course, ASSIGNMENTS, 200, SEED)
    assert [tuple((a.cell, a.text) for a in one.answers) for one in again] == answers
    assert len(set(answers)) > 300


def test_better_students_are_better_at_both(handed_in: list[HandIn]) -> None:
    scores = {
        name: {one.student: one.score for one in handed_in if one.assignment == name}
        for name in ASSIGNMENTS
    }
    ranked = sorted(scores[EXERCISE], key=scores[EXERCISE].__getitem__)
    weak, strong = (sum(scores[QUIZ][s] for s in some) for some in (ranked[:50], ranked[-50:]))
    assert strong > weak + 50


@pytest.mark.parametrize("way", SPOILED, ids=lambda way: way.name)
def test_a_notebook_is_spoiled(course: CourseFolders, tmp_path: Path, way: Spoiled) -> None:
    notebook = tmp_path / f"{QUIZ}.ipynb"
    shutil.copyfile(course.exercises / QUIZ / f"{QUIZ}.ipynb", notebook)
    before = notebook.read_bytes()
    way.spoil(notebook)
    assert not notebook.is_file() or notebook.read_bytes() != before
    assert len(list(tmp_path.iterdir())) == 1
