"""What was checked too long ago is found, at its place, and not a day too early."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from safehaven.book.days import from_words, in_words, months_later, read_day
from safehaven.book.freshness import read_freshness
from safehaven.book.stale import HEAD, all_facts, check_facts
from safehaven.errors import CourseError, CourseErrors
from safehaven.folders import CourseFolders, find_course
from tests.mini_course import spoil, write

COURSE = find_course(Path(__file__))

FRESHNESS = """kinds:
  office: {months: 3, why: It changes.}
  list: {months: 6, why: It is amended.}
  event: {months: 12, why: It is corrected.}
  history: {months: 60, why: It is over.}
lessons:
  others: history
  numbers: {}
questions:
  undated: history
  dated: event
  works: {work: list}
  ids: {}
packages:
  facts:
    dated: checked on
    tables:
      people.csv:
        label: [name, role]
        rules:
          - {kind: office, column: status, any_of: [alive], dated: is as of}
          - {kind: list, column: end, empty: true}
          - {kind: event, column: end, last_months: 24}
          - {kind: history}
  copy:
    whole: list
  made_up:
    invented: true
"""

PEOPLE = """name,role,status,end,checked
A,"Minister
of trade",alive,,
B,Founder,dead,,
C,Poet,dead,2025-11,
D,Poet,dead,2001,
E,Poet,dead,2001,2020-01-01
"""

PROVENANCE = "# Facts\n\nRead, and checked on **7 April 2026**. `status` is as of March 2026.\n"


@pytest.fixture
def dated_course(mini_course: CourseFolders) -> CourseFolders:
    """The course in miniature, with facts of several kinds."""
    package = json.dumps({"title": "Copied list", "created": "2026-01-31T00:00:00Z"}, indent=1)
    write(
        mini_course.root,
        {
            "book/data/freshness.yaml": FRESHNESS,
            "book/data/facts/people.csv": PEOPLE,
            "book/data/facts/PROVENANCE.md": PROVENANCE,
            **{
                f"book/data/{name}/datapackage.json": package
                for name in ("facts", "copy", "made_up")
            },
        },
    )
    spoil(
        mini_course.assessments / "graded" / "01-small.yaml",
        "source: [{key: work, place: p. 1}]",
        "source: [{key: work, place: p. 1}]\n    as_of: 2026-02-28",
    )
    return mini_course


def found(course: CourseFolders, on: str, *kinds: str) -> dict[str, tuple]:
    """What is due, under its first word: file, line, kind, checked, days over."""
    checkup = check_facts(course, date.fromisoformat(on), kinds)
    at = {name: n for n, name in enumerate(HEAD)}
    return {
        row[at["what"]].replace(",", " ").split()[0]: tuple(
            row[at[name]] for name in ("file", "line", "kind", "checked", "days over")
        )
        for row in checkup.rows
    }


def test_each_fact_is_due_the_day_after_its_months_at_its_line(dated_course):
    people = "book/data/facts/people.csv"
    graded = "assessments/graded/01-small.yaml"
    for first, what, place in (
        ("2025-01-02", "E", (people, 7, "history", "2020-01-01", 1)),
        ("2026-06-02", "A", (people, 2, "office", "2026-03-01", 1)),
        ("2026-08-01", "A", (people, 2, "office", "2026-03-01", 61)),
        ("2026-08-01", "A", (people, 2, "office", "2026-03-01", 61)),
        ("2026-08-29", "L01.g01", (graded, 4, "list", "2026-02-28", 1)),
        ("2026-10-08", "B", (people, 4, "list", "2026-04-07", 1)),
        ("2027-04-08", "C", (people, 5, "event", "2026-04-07", 1)),
        ("2031-04-08", "D", (people, 6, "history", "2026-04-07", 1)),
        ("2031-04-08", "Lesson", ("book/history/1-small.md", 19, "history", "2026-04-07", 1)),
    ):
        assert found(dated_course, first)[what] == place
    for day_before, what in (
        ("2025-01-01", "E"),
        ("2026-06-01", "A"),
        ("2026-07-31", "Copied"),
        ("2026-08-28", "L01.g01"),
        ("2026-10-07", "B"),
        ("2027-04-07", "C"),
        ("2031-04-07", "D"),
        ("2031-04-07", "Lesson"),
        ("2031-04-07", "L01.p01"),
    ):
        assert what not in found(dated_course, day_before)


def test_a_copy_of_a_list_is_one_line_and_what_is_invented_is_none(dated_course):
    rows = check_facts(dated_course, date(2026, 8, 1)).rows
    copies = [row for row in rows if "Copied" in row[2]]
    assert copies == [
        ("book/data/copy/datapackage.json", 3, "Copied list", "list", "2026-01-31", "6 months", 1)
    ]
    assert not any("made_up" in row[0] for row in check_facts(dated_course, date(2099, 1, 1)).rows)


def test_the_longest_overdue_stands_first_and_the_sum_is_right(dated_course):
    checkup = check_facts(dated_course, date(2031, 4, 8))
    over = [row[-1] for row in checkup.rows]
    assert over == sorted(over, reverse=True)
    # Five people, one copy, one lesson, three practice and three graded questions.
    assert checkup.total == len(checkup.rows) == 13
    assert checkup.summary == "13 of 13 facts are to be checked on 8 April 2031."


def test_one_kind_alone_can_be_asked_for(dated_course):
    assert set(found(dated_course, "2031-04-08", "office", "event")) == {"A", "C"}
    with pytest.raises(CourseError, match=r"no kind 'offices'.*office, list, event, history"):
        check_facts(dated_course, date(2031, 4, 8), ["offices"])


def test_a_question_can_have_a_kind_of_its_own(dated_course):
    spoil(dated_course.data / "freshness.yaml", "ids: {}", "ids: {L01.g01: office}")
    assert found(dated_course, "2026-05-29")["L01.g01"][2] == "office"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("others: history", "others: histroy", r"there is no kind 'histroy'"),
        ("months: 3,", "months: 0,", r"freshness.yaml:2: kinds.office.months"),
        ("ids: {}", "ids: {L09.p01: office}", r"freshness.yaml:13: There is no question L09.p01"),
        ("numbers: {}", "numbers: {7: office}", r"freshness.yaml:8: There is no lesson 7"),
        ("  copy:\n", "  copies:\n", r"'copy' has no kind"),
        ("  made_up:", "  gone: {whole: list}\n  made_up:", r"freshness.yaml:27: .*no.*'gone'"),
        ("    whole: list", "    dated: on", r"say one of: invented, whole, tables"),
        ("invented: true", "invented: true\n    whole: list", r"does not age"),
        ("          - {kind: history}\n", "", r"the last rule has no column"),
        (", any_of: [alive]", "", r"a rule has a column with"),
        ("column: end, empty", "column: ende, empty", r"people.csv:1: .*no column 'ende'"),
        ("people.csv:", "persons.csv:", r"persons.csv: There is no such table"),
        ("dated: checked on", "dated: looked up on", r"No day stands after .*'looked up on'"),
    ],
)
def test_a_mistake_in_the_file_of_kinds_is_named_with_its_remedy(dated_course, old, new, said):
    spoil(dated_course.data / "freshness.yaml", old, new)
    with pytest.raises((CourseError, CourseErrors), match=f"{said}.*Remedy: "):
        check_facts(dated_course, date(2026, 4, 7))


def test_a_package_that_says_no_day_is_named(dated_course):
    descriptor = dated_course.data / "copy" / "datapackage.json"
    spoil(descriptor, "created", "made")
    with pytest.raises(CourseError, match=r"copy/datapackage.json:1: .*'created' is missing"):
        check_facts(dated_course, date(2026, 4, 7))
    spoil(descriptor, "{", "")
    with pytest.raises(CourseError, match=r"copy/datapackage.json:\d+: .*not valid JSON"):
        check_facts(dated_course, date(2026, 4, 7))
    (dated_course.data / "facts" / "PROVENANCE.md").unlink()
    with pytest.raises(CourseError, match=r"PROVENANCE.md: No day stands after the words"):
        check_facts(dated_course, date(2026, 4, 7))


def test_without_the_file_the_remedy_is_named(mini_course):
    with pytest.raises(CourseError, match=r"freshness.yaml: .*Remedy: Take it"):
        check_facts(mini_course, date(2026, 4, 7))


def test_a_day_that_is_none_is_named_at_its_line(dated_course):
    spoil(dated_course.data / "facts" / "people.csv", "2020-01-01", "2020-02-30")
    with pytest.raises(CourseError, match=r"people.csv:7: '2020-02-30' is no day. Remedy: "):
        check_facts(dated_course, date(2026, 4, 7))
    spoil(dated_course.data / "facts" / "people.csv", "2020-02-30", "")
    spoil(dated_course.data / "facts" / "PROVENANCE.md", "7 April", "31 April")
    with pytest.raises(CourseError, match=r"PROVENANCE.md:3: '31 April 2026' is no day."):
        check_facts(dated_course, date(2026, 4, 7))


@pytest.mark.parametrize("written", ["", "2026-13-01", "2026-02-29", "1 June 2027", "20270601"])
def test_a_bad_date_is_refused_with_a_remedy(written):
    with pytest.raises(CourseError, match=r"--on: .* is no day. Remedy: .*2027-06-01"):
        read_day(written, "--on")


def test_days_are_read_counted_and_written():
    assert read_day("2028-02-29", "--on") == date(2028, 2, 29)
    assert from_words("2 August 2025") == date(2025, 8, 2)
    assert from_words("March 2026") == date(2026, 3, 1)
    assert in_words(date(2026, 4, 7)) == "7 April 2026"
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 10, 31), 3) == date(2027, 1, 31)
    assert months_later(date(2026, 1, 31), -2) == date(2025, 11, 30)


# This course ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def all_of_it():
    return all_facts(COURSE, read_freshness(COURSE))


def test_every_lesson_question_and_real_package_of_the_course_is_dated(all_of_it):
    names = {fact.what.split()[0] for fact in all_of_it}
    questions = [
        line.split()[-1]
        for file in COURSE.assessments.glob("*/*.yaml")
        for line in file.read_text("utf-8").splitlines()
        if line.startswith("  - id: L")
    ]
    assert len(questions) > 200
    assert names >= set(questions)
    assert sum(fact.what.startswith("Lesson ") for fact in all_of_it) == 12
    folders = {fact.file.parent.name for fact in all_of_it}
    for package in COURSE.data.glob("*/datapackage.json"):
        real = "Invented for this course" not in package.read_text("utf-8")
        assert (package.parent.name in folders) == real


def test_every_fact_of_the_course_is_named_at_the_line_where_it_stands(all_of_it):
    for fact in all_of_it:
        line = fact.file.read_text("utf-8").splitlines()[fact.line - 1]
        if fact.file.suffix == ".csv":
            assert fact.what.split(", ")[0] in line.replace('""', '"')
        elif fact.file.suffix == ".yaml":
            assert line == f"  - id: {fact.what.split()[0]}"
        elif fact.file.name == "datapackage.json":
            assert fact.checked.isoformat() in line
        elif fact.file.name == "PROVENANCE.md":
            assert in_words(fact.checked) in line
        else:
            assert line == f"as_of: {fact.checked}"


def test_the_kinds_of_the_course_fit_what_the_facts_are(all_of_it):
    kind = {fact.what.split(",")[0]: fact.kind for fact in all_of_it}
    assert kind["Hibatullah Akhundzada"] == "office"
    assert kind["Mullah Mohammad Omar"] == "history"
    assert kind["1973"] == "history"
    used = {fact.kind for fact in all_of_it}
    freshness = read_freshness(COURSE)
    assert used == freshness.kinds.keys(), "a kind that nothing is of"
    months = {name: kind.months for name, kind in freshness.kinds.items()}
    assert months["office"] < months["sanctions list"] < months["estimate"] < months["history"]
    first = min(fact.checked for fact in all_of_it)
    assert not check_facts(COURSE, first).stale
    assert len(check_facts(COURSE, date(2126, 1, 1)).stale) == len(all_of_it)
