"""The book is built by the real Jupyter Book, as `make course` does."""

from __future__ import annotations

import re

import pytest

from safehaven.book.build import build_book, site
from safehaven.errors import CourseError
from tests.mini_course import spoil


def test_a_good_course_builds_and_an_unchanged_one_is_left_alone(mini_course):
    said: list[str] = []
    assert build_book(mini_course, said.append), said
    page = (site(mini_course).parent / "book" / "history" / "1-small.html").read_text("utf-8")
    assert "facts checked to 7 April 2026" in page
    assert 'role="img" aria-label="A bar for each verdict."' in page
    assert "verdict-confirmed" in page
    assert "Which city is the capital of Afghanistan?" in page
    assert any("reading sources" in line for line in said)
    assert not build_book(mini_course, said.append)


def test_all_that_is_wrong_is_said_with_file_line_and_remedy(mini_course):
    lesson = mini_course.book / "history" / "1-small.md"
    spoil(lesson, "C01\n", "C99\n")
    spoil(lesson, "{cite:t}`work` says", "{cite:t}`nobody` says")
    spoil(lesson, "title: A small lesson\n", "")
    spoil(mini_course.assessments / "practice" / "01-small.yaml", "right: true", "rigth: true")
    said: list[str] = []
    with pytest.raises(CourseError, match="mistakes"):
        build_book(mini_course, said.append)
    text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(said))
    for place, what in [
        (r"1-small\.md:\d+", "There is no claim C99"),
        (r"1-small\.md:\d+", "no work 'nobody'"),
        (r"1-small\.md:\d+", "title: Field required"),
        (r"01-small\.yaml:10", "rigth"),
    ]:
        assert re.search(rf"{place}: WARNING: .*{what}.*Remedy: ", text), (what, text)
