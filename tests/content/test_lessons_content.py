"""The course as it stands: claims, citations, objectives, questions, words, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pybtex.database import parse_file

from safehaven.bank import load_bank
from safehaven.bank.check import context_of
from safehaven.bank.lint import check
from safehaven.book.checks import check_whole
from safehaven.book.citations import cited_keys
from safehaven.book.project import Project
from safehaven.folders import find_course
from safehaven.lessons import read_lessons
from safehaven.style import check_style

FOLDERS = find_course(Path(__file__))
LESSONS, ERRORS = read_lessons(FOLDERS.book)
PAGES = [page for page in sorted(FOLDERS.book.rglob("*.md")) if "data" not in page.parts]


def test_every_lesson_keeps_to_the_skeleton():
    assert [str(error) for error in ERRORS] == []


def test_lessons_are_numbered_without_a_gap():
    assert [lesson.number for lesson in LESSONS] == list(range(1, 13))


def test_nothing_is_missing_between_the_parts():
    assert [str(error) for error in check_whole(Project(FOLDERS.root))] == []


def test_many_works_are_cited_in_the_text():
    cited = {key for page in PAGES for _, key in cited_keys(page.read_text(encoding="utf-8"))}
    assert cited <= set(parse_file(str(FOLDERS.bibliography)).entries)
    assert len(cited) >= 70


def test_no_address_of_a_copy():
    copies = re.compile(
        r"cloudfront\.net|php-proxy|vdocument|docslib|dokumen|fdocuments|scribd\.com|pdfcoffee|"
        r"derechos\.org|zomaloma|stocksgeographic|faqs\.org|blogspot|wiki-gateway|eudic"
    )
    for page in [*PAGES, FOLDERS.bibliography]:
        assert not copies.search(page.read_text(encoding="utf-8")), page


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: f"lesson-{lesson.number}")
def test_each_lesson_has_twelve_questions_of_all_kinds_for_each_use(lesson):
    bank = load_bank(FOLDERS)
    for use in ("practice", "graded"):
        questions = bank.of(lesson.number, use)
        assert len(questions) == 12
        assert len({question.kind for question in questions}) == 6


def test_the_bank_breaks_no_rule():
    assert [str(error) for error in check(load_bank(FOLDERS), context_of(FOLDERS))] == []


def test_no_page_breaks_a_hard_rule_of_style():
    assert [str(finding.error) for finding in check_style(FOLDERS) if finding.hard] == []
