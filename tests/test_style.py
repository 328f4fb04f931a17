from __future__ import annotations

import pytest

from safehaven.style import check_style, own_words, reading_ease
from tests.mini_course import spoil


@pytest.fixture
def lesson(mini_course):
    return mini_course.book / "history" / "1-small.md"


def found(course, *, hard=None):
    findings = check_style(course)
    return [str(f.error) for f in findings if hard is None or f.hard == hard]


def test_a_good_course_breaks_no_hard_rule(mini_course):
    assert found(mini_course, hard=True) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Al-Qaeda", "Write Al-Qaida"),
        ("the Taleban", "Write Taliban"),
        ("the Haqqani Network", "Write Haqqani network"),
        ("ISIS-K", "Write ISKP"),
        ("the mastermind", "Write planner"),
        ("a legendary commander", "sober word"),
        ("Islamic terrorists", "Write the organisation"),
        ("a Pashtun network", "a people is no group"),
    ],
)
def test_a_word_to_avoid_is_found_with_its_line(mini_course, lesson, words, said):
    spoil(lesson, "Whether it is so.", f"It was {words} that year.")
    (line,) = found(mini_course, hard=True)
    assert said in line
    assert "1-small.md:" in line


@pytest.mark.parametrize("quoted", ["'the mastermind'", "‘the mastermind’", "“the mastermind”"])
def test_quoted_words_belong_to_others(mini_course, lesson, quoted):
    spoil(lesson, "Whether it is so.", f"A newspaper called him {quoted} then.")
    assert found(mini_course, hard=True) == []


def test_an_apostrophe_does_not_open_a_quotation():
    assert own_words("Omar's death and the network's end") == "Omar's death and the network's end"


def test_the_name_of_an_act_is_kept(mini_course, lesson):
    spoil(lesson, "Whether it is so.", "The Haqqani Network Terrorist Designation Act passed.")
    assert found(mini_course, hard=True) == []


def test_tables_hold_iso_dates_and_text_dates_in_words(mini_course, lesson):
    spoil(lesson, "| 2001-09-20 |", "| 20 September 2001 |")
    spoil(lesson, "Whether it is so.", "It was so on 2001-09-20.")
    assert "In a table" in found(mini_course, hard=True)[0]
    assert any("In running text" in line for line in found(mini_course, hard=False))


def test_an_abbreviation_is_explained_once(mini_course, lesson):
    spoil(lesson, "Whether it is so.", "The XYZ met. The XYZ left. The Good Office (GO) and US.")
    advice = [line for line in found(mini_course, hard=False) if "not explained" in line]
    assert len(advice) == 1
    assert "'XYZ'" in advice[0]


def test_the_constants_of_live_code_are_no_abbreviations(mini_course, lesson):
    cell = "```{live} a-cell\n:title: A cell\n\n--- code\nSIDE = 1\n```\n\nThe XYZ met."
    spoil(lesson, "Whether it is so.", cell)
    advice = [line for line in found(mini_course, hard=False) if "not explained" in line]
    assert len(advice) == 1
    assert "'XYZ'" in advice[0]


def test_reading_ease_follows_flesch():
    # Two sentences of three words of one syllable: 206.835 - 1.015 * 3 - 84.6.
    assert reading_ease("The cat sat. The dog ran.") == pytest.approx(119.19)
    assert reading_ease("Interorganisational incomprehensibility predominates.") < 0


def test_a_text_without_words_has_none():
    with pytest.raises(ValueError, match="without words"):
        reading_ease("—")
