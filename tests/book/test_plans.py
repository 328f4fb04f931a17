"""The plans for a term and for a week follow the lessons as they are."""

from __future__ import annotations

import re

import pytest

from safehaven.book.pages import plans
from safehaven.book.project import Project
from tests.mini_course import ROOT


@pytest.fixture(scope="module")
def project() -> Project:
    return Project(ROOT)


def rows(lines) -> list[list[str]]:
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line]
    return found[2:]


def test_a_term_has_13_weeks_and_the_capstone_closes_it(project):
    term = rows(plans.weeks(project))
    assert [row[0] for row in term] == [str(number) for number in range(1, 14)]
    assert "capstone" in term[-1][1]
    assert "`final`" in term[-1][4]
    assert "`diagnostic`" in term[0][4]
    assert "`midcourse`" in term[5][4]
    for number, row in enumerate(term[:-1], 1):
        assert f"[{number}. " in row[1]
        assert re.match(rf"ex{number:02d}-[a-z-]+ \(\d\d min\)$", row[3])
        assert f"`quiz-{number:02d}`" in row[4]


def test_five_days_hold_every_lesson_once_in_its_order(project):
    short = rows(plans.days(project))
    assert len(short) == 5
    taught = [int(n) for row in short for n in re.findall(r"\[(\d+)\. ", row[1])]
    assert taught == list(range(1, 13))
    assert "capstone" in short[-1][1]
    hours = [int(row[3].split()[0]) + int(row[3].split()[2]) / 60 for row in short]
    assert max(hours) < 6


def test_no_lesson_comes_before_one_that_it_builds_on(project):
    for lesson in project.lessons:
        assert all(needed < lesson.number for needed in lesson.head.needs)


@pytest.mark.parametrize(
    ("minutes", "sittings", "ends"),
    [
        ([60] * 4, 2, [2, 4]),
        ([10, 10, 10, 90, 10], 3, [3, 4, 5]),
        ([50, 50], 5, [1, 2]),
        ([], 3, []),
    ],
)
def test_the_longest_sitting_is_as_short_as_can_be(minutes, sittings, ends):
    assert [sitting.stop for sitting in plans.share_out(minutes, sittings)] == ends


def test_a_course_of_one_lesson_has_plans_too(mini_course):
    small = Project(mini_course.root)
    assert len(rows(plans.weeks(small))) == len(rows(plans.days(small))) == 1
