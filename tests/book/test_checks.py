from __future__ import annotations

from safehaven.book.checks import check_whole
from safehaven.book.project import Project
from tests.mini_course import spoil


def found(course) -> list[str]:
    return [str(error) for error in check_whole(Project(course.root))]


def test_a_good_course_lacks_nothing(mini_course):
    assert found(mini_course) == []


def test_a_claim_in_no_lesson_is_named(mini_course):
    with (mini_course.data / "facts" / "claims.csv").open("a", encoding="utf-8") as stream:
        stream.write("C02,P0,It is not.,historical fact,,partly,No.,A work,,work\n")
    (line,) = found(mini_course)
    assert "C02 stands in no lesson" in line


def test_a_work_that_nothing_cites_is_named(mini_course):
    with mini_course.bibliography.open("a", encoding="utf-8") as stream:
        stream.write("@book{idle, title = {Idle}, year = {2001}}\n")
    (line,) = found(mini_course)
    assert "'idle'" in line


def test_an_objective_without_graded_question_is_named(mini_course):
    spoil(
        mini_course.assessments / "graded" / "01-small.yaml", "objective: L01.3", "objective: L01.1"
    )
    (line,) = found(mini_course)
    assert "L01.3 has no graded question" in line


def test_an_objective_without_exercise_says_why(mini_course):
    lesson = mini_course.book / "history" / "1-small.md"
    spoil(lesson, "    no_exercise: The mini course has no exercise.\n", "")
    (line,) = found(mini_course)
    assert "L01.1 is assessed by no exercise task" in line
    assert "Remedy: " in line
