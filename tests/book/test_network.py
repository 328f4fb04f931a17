from __future__ import annotations

import re

import pytest

from safehaven.book import network
from safehaven.book.network import Tie, choices, layout, picture, read_ties, rules, tie_table
from safehaven.book.pages.reference import read_rows
from tests.mini_course import ROOT

TIES = [
    Tie("a", "b", "kinship", "1994", "A"),
    Tie("a", "c", "rivalry/conflict", "", "C"),
    Tie("b", "c", "sanctuary", "2001", "B"),
]
NAMES = {"a": "Anna & Co", "b": "B", "c": "C"}


def test_decade_is_that_of_the_first_year():
    assert [tie.decade for tie in TIES] == ["1990", "unknown", "2000"]


def test_every_tie_is_a_line_and_every_name_a_label():
    svg = picture(TIES, NAMES)
    assert svg.count("<line") == 3
    assert "Anna &amp; Co" in svg
    assert 'class="tie decade-1990 grade-A tie-kin"' in svg


def test_choice_hides_by_css_alone():
    css = rules(TIES)
    assert '[value="1990"]:checked) .tie:not(.decade-1990){display:none}' in css
    assert ".tie:not(.grade-A,.grade-B)" in css
    assert "<script" not in css + choices(TIES)


def test_the_table_follows_the_same_classes():
    assert tie_table(TIES, NAMES).count('<tr class="tie ') == 3


def test_layout_is_the_same_every_time():
    assert layout(TIES, NAMES) == layout(TIES, NAMES)


@pytest.fixture(scope="module")
def course():
    facts = ROOT / "book" / "data" / "facts"
    people = read_rows(facts / "people_and_groups.csv")
    return read_ties(facts / "ties.csv"), network.short_labels(people)


def test_labels_of_the_course_hardly_overlap(course):
    ties, labels = course
    places = layout(ties, labels)
    boxes = [(x, y, len(labels[name]) * 7.0 / 2) for name, (x, y) in places.items()]
    clashes = sum(
        abs(x - u) < w + v and abs(y - z) < 16
        for i, (x, y, w) in enumerate(boxes)
        for u, z, v in boxes[:i]
    )
    assert clashes <= 3


def test_every_tie_of_the_course_is_drawn(course):
    ties, labels = course
    assert len(re.findall("<line", picture(ties, labels))) == len(ties)
