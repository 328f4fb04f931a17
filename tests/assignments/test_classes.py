"""A class gets a folder of its own, with papers of its own, and keeps what it handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from safehaven.assignments.classes import open_class
from safehaven.errors import CourseError
from safehaven.folders import MARKER, CourseFolders, find_course
from tests.course_copy import EXERCISE, QUIZ, course_copy

ROOT = find_course(Path(__file__)).root


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> CourseFolders:
    return course_copy(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def opened(course: CourseFolders) -> CourseFolders:
    return open_class(course, "2027-spring", [EXERCISE, QUIZ])


def test_a_class_has_the_exercise_as_it_is_and_a_quiz_of_its_own(
    course: CourseFolders, opened: CourseFolders
) -> None:
    assert opened.root == course.root / "private" / "2027-spring"
    assert sorted(path.name for path in opened.exercises.iterdir()) == [EXERCISE, QUIZ]
    for path in (course.exercises / EXERCISE).rglob("*"):
        same = opened.exercises / path.relative_to(course.exercises)
        assert path.is_dir() or path.read_bytes() == same.read_bytes()
    theirs, ours = (f.exercises / QUIZ / f"{QUIZ}.ipynb" for f in (opened, course))
    assert theirs.read_bytes() != ours.read_bytes()
    assert 'course_id = "2027-spring"' in (opened.root / MARKER).read_text(encoding="utf-8")
    assert not list(opened.solutions.rglob("answers"))


def test_to_open_a_class_again_leaves_what_is_its_own(
    course: CourseFolders, opened: CourseFolders
) -> None:
    config = opened.root / MARKER
    kept = [config, opened.root / "gradebook.db", opened.exercises / QUIZ / f"{QUIZ}.ipynb"]
    before = [path.read_bytes() for path in kept]
    said: list[str] = []
    open_class(course, "2027-spring", [EXERCISE, QUIZ], report=said.append)
    assert [path.read_bytes() for path in kept] == before
    assert said == []
    config.write_text(config.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    open_class(course, "2027-spring", [EXERCISE])
    assert config.read_text(encoding="utf-8").endswith("# ours\n")


def test_what_there_is_not_is_refused_before_anything_is_written(course: CourseFolders) -> None:
    with pytest.raises(CourseError, match="no exercise and no blueprint 'ex99'"):
        open_class(course, "2028", [EXERCISE, "ex99"])
    with pytest.raises(CourseError, match="cannot name a folder"):
        open_class(course, "../elsewhere", [QUIZ])
    assert not (course.root / "private" / "2028").exists()
