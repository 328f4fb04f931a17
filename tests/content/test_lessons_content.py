"""The course as it stands: claims, citations, objectives, questions, words, links."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from pybtex.database import parse_file

from safehaven.bank import load_bank
from safehaven.bank.check import context_of
from safehaven.bank.lint import check
from safehaven.book.citations import cited_keys
from safehaven.book.claims import read_claims
from safehaven.book.pages.teaching import objective_counts
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


def test_every_claim_stands_in_exactly_one_lesson():
    claims, errors = read_claims(FOLDERS.data / "facts" / "claims.csv")
    assert errors == []
    placed = Counter(claim for lesson in LESSONS for claim in lesson.claim_ids)
    assert placed == Counter(list(claims))


def test_every_citation_is_in_the_bibliography_and_every_work_is_used():
    works = set(parse_file(str(FOLDERS.bibliography)).entries)
    cited = {key for page in PAGES for _, key in cited_keys(page.read_text(encoding="utf-8"))}
    assert cited - works == set()
    bank = load_bank(FOLDERS)
    used = cited | {source.key for question in bank for source in question.source}
    for table in FOLDERS.data.rglob("*.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                keys = (row.get("source_keys") or row.get("source_key") or "").split(";")
                used |= {key.strip() for key in keys}
    assert works - used == set()
    assert len(cited) >= 70


def test_no_address_of_a_copy():
    copies = re.compile(
        r"cloudfront\.net|php-proxy|vdocument|docslib|dokumen|fdocuments|scribd\.com|pdfcoffee|"
        r"derechos\.org|zomaloma|stocksgeographic|faqs\.org|blogspot|wiki-gateway|eudic"
    )
    for page in [*PAGES, FOLDERS.bibliography]:
        assert not copies.search(page.read_text(encoding="utf-8")), page


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: f"lesson-{lesson.number}")
def test_every_objective_is_practised_and_assessed(lesson):
    counts = objective_counts(Project(FOLDERS.root))
    for objective in lesson.head.objectives:
        count = counts.get(objective.id, Counter())
        assert count["practice"] >= 1, objective.id
        assert count["graded"] >= 1, objective.id
        assert count["exercise"] >= 1 or objective.no_exercise, objective.id


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
