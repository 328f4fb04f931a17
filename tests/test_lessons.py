from __future__ import annotations

from pathlib import Path

import pytest

from safehaven.lessons import (
    CLOSING,
    body_words,
    check_lesson,
    prose,
    read_lesson,
    read_lessons,
)
from tests.mini_course import spoil


@pytest.fixture
def file(mini_course):
    return mini_course.book / "history" / "1-small.md"


def problems(file: Path) -> list[str]:
    lesson, errors = read_lesson(file)
    return [str(error) for error in [*errors, *(check_lesson(lesson) if lesson else [])]]


def test_a_good_lesson_has_no_problem(file):
    assert problems(file) == []


def test_lesson_knows_its_number_sections_and_claims(file):
    lesson, _ = read_lesson(file)
    assert lesson.number == 1
    assert [section.heading for section in lesson.sections] == ["Questions", "Words", *CLOSING]
    assert [section.heading for section in lesson.body] == ["Words", "Contested"]
    assert lesson.claim_ids == ["C01"]


def test_words_of_directives_tables_and_citations_are_not_counted(file):
    lesson, _ = read_lesson(file)
    assert body_words(lesson) == 1500 + len(
        ["says", "so,", "and", "base", "rate", "is", "a", "term.", "Whether", "it", "is", "so."]
    )


def test_prose_keeps_the_words_a_reader_sees():
    assert prose("See {term}`the word <base rate>` and [a page](x.md).").split() == [
        "See", "the", "word", "and", "a", "page.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 20\n", "", "minutes: Field required"),
        ("minutes: 20\n", "minutes: 20\nauthor: nobody\n", "author: Extra inputs"),
        (
            "  - id: L01.1\n    text: Name the capital of Afghanistan\n    section: Words\n"
            "    no_exercise: The mini course has no exercise.\n",
            "",
            "objectives",
        ),
        ("section: Contested", "section: Geography", "no section 'Geography'"),
        ("text: Name the capital", "text: Understand the capital", "cannot be tested"),
        ("id: L01.2", "id: L02.2", "of another lesson"),
        ("strand: history", "strand: geography", "strand"),
        ("as_of: 2026-04-07", "as_of: last April", "as_of"),
        ("## Discuss", "## Talk", "'Discuss' is missing"),
        ("- Three.\n", "", "'Key points' has 2 entries"),
        ("word " * 600, "", "words"),
        ("```{practice}\n```", "", "no practice questions"),
        ("```{claims}\nC01\n```", "", "no claims"),
        ("exercises/ex01", "exercises/quiz", "no link to its exercise"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_remedy(file, old, new, said):
    spoil(file, old, new)
    found = problems(file)
    assert len(found) == 1
    assert said in found[0]
    assert "1-small.md:" in found[0]
    assert "Remedy: " in found[0]


def test_the_line_is_that_of_the_field(file):
    spoil(file, "strand: history", "strand: geography")
    assert "1-small.md:3:" in problems(file)[0]


def test_a_page_without_front_matter_is_reported_and_the_rest_goes_on(mini_course):
    (mini_course.book / "history" / "2-bare.md").write_text("# Bare\n", encoding="utf-8")
    lessons, errors = read_lessons(mini_course.book)
    assert [lesson.number for lesson in lessons] == [1]
    assert [error.message for error in errors] == ["No front matter."]


def test_a_claim_is_placed_in_one_lesson_only(mini_course, file):
    second = mini_course.book / "history" / "2-again.md"
    second.write_text(file.read_text(encoding="utf-8").replace("L01.", "L02."), encoding="utf-8")
    _, errors = read_lessons(mini_course.book)
    assert [error.message for error in errors] == ["The claim C01 is placed in 1-small.md too."]


def test_sections_inside_fences_are_not_sections(file):
    spoil(file, "Whether it is so.", "````\n## Not a heading\n````\n")
    lesson, _ = read_lesson(file)
    assert "Not a heading" not in [section.heading for section in lesson.sections]
