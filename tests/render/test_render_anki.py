"""The Anki deck, read back as Anki reads it: a zip file with a SQLite file in it."""

import re
import sqlite3
import zipfile
from contextlib import closing
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner
from geography import questions

from safehaven.bank import load_bank, present
from safehaven.book.exports import export_deck
from safehaven.cli import main
from safehaven.errors import CourseError
from safehaven.folders import find_course
from safehaven.render.anki import DeckLesson, DeckTerm, guid, write_anki
from safehaven.render.page import PAGE_SEED
from safehaven.render.printed import short_key

COURSE = find_course(Path(__file__))
TERMS = [
    DeckTerm("jirga", "An assembly of <elders> & others.", "atlas", 1),
    DeckTerm("hawza", "A seminary.", "", None),
]


def lesson(**changes) -> DeckLesson:
    settings = {
        "number": 1,
        "title": "Rivers",
        "strand": "1 History",
        "link": "Lesson 1",
        "objectives": {"L01.1": "Name a river"},
        "questions": questions(),
    }
    return DeckLesson(**{**settings, **changes})


def write(target: Path, *lessons: DeckLesson) -> Path:
    write_anki(
        target,
        course="Course",
        about="About.",
        lessons=lessons or [lesson()],
        terms=TERMS,
        cite=lambda source: escape(source.key),
    )
    return target


def rows(apkg: Path, query: str) -> list[tuple]:
    with zipfile.ZipFile(apkg) as archive:
        archive.extract("collection.anki2", apkg.parent)
    with closing(sqlite3.connect(apkg.parent / "collection.anki2")) as database:
        return database.execute(query).fetchall()


def notes(apkg: Path) -> dict[str, tuple[str, list[str]]]:
    """GUID and fields of every note, by its first field."""
    found = rows(apkg, "select guid, flds from notes")
    return {fields.split("\x1f")[0]: (key, fields.split("\x1f")) for key, fields in found}


def test_every_question_has_a_card_and_every_term_two(tmp_path):
    apkg = write(tmp_path / "new" / "deck.apkg")
    assert rows(apkg, "select count(*) from notes") == [(len(questions()) + len(TERMS),)]
    assert rows(apkg, "select count(*) from cards") == [(len(questions()) + 2 * len(TERMS),)]


def test_a_note_says_what_is_asked_what_is_right_and_why(tmp_path):
    found = notes(write(tmp_path / "deck.apkg"))
    for question in questions():
        fields = dict(
            zip(
                ("id", "front", "key", "why", "others", "source", "objective", "lesson"),
                found[question.id][1],
                strict=True,
            )
        )
        shown = present(question, PAGE_SEED)
        assert short_key(shown).replace("'", "&#x27;") in fields["key"]
        assert all(f">{letter}</b>" in fields["front"] for letter in shown.letters)
        assert fields["why"] and "{" not in fields["why"] + fields["front"] + fields["others"]
        assert "atlas" in fields["source"]
        assert fields["objective"].startswith(question.objective)
        assert fields["lesson"] == "Lesson 1"
    assert "Facts as of 7 April 2026" in found["L01.p02"][1][5]
    assert found["L01.p01"][1][6] == "L01.1 Name a river"
    assert "&lt;b&gt;Hari&lt;/b&gt;" in found["L01.p01"][1][1]


def test_the_options_stand_in_the_order_of_the_page(tmp_path):
    front = notes(write(tmp_path / "deck.apkg"))["L01.p02"][1][1]
    shown = present(questions()[1], PAGE_SEED)
    found = re.findall(r'class="letter">(\w)</b> <span>(\w+)</span>', front)
    assert found == list(shown.entries.items())


def test_a_later_deck_keeps_the_ids(tmp_path):
    first = notes(write(tmp_path / "a" / "deck.apkg"))
    mended = [q.model_copy(update={"why": "Another reason."}) for q in questions()]
    later = write(tmp_path / "b" / "deck.apkg", lesson(title="Other", questions=mended[::-1]))
    second = notes(later)
    assert {key: note[0] for key, note in first.items()} == {k: n[0] for k, n in second.items()}
    assert first["L01.p01"][1] != second["L01.p01"][1]
    models = rows(later, "select distinct mid from notes order by mid")
    assert models == [(1733910401,), (1733910402,)]
    # Written down: a reader's progress hangs on these for as long as there are decks.
    assert guid("L07.p01") == "cJe~e0d9Wa"
    assert guid("term:jirga") == "y5AI2(;]zx"


def test_a_term_without_a_lesson_has_a_deck_too(tmp_path):
    apkg = write(tmp_path / "deck.apkg")
    ((decks,),) = rows(apkg, "select decks from col")
    assert "Course::1 History::01 Rivers" in decks
    assert "Course::More terms" in decks
    assert notes(apkg)["jirga"][1][1] == "An assembly of &lt;elders&gt; &amp; others."


def test_the_deck_of_the_course_holds_the_practice_questions_and_no_graded_one(tmp_path):
    apkg = tmp_path / "course.apkg"
    size = export_deck(COURSE, apkg, "https://example.org/course/")
    practice = load_bank(COURSE, uses=("practice",))
    found = notes(apkg)
    assert (
        size.questions == len(practice) == sum(re.match(r"L\d\d\.p", k) is not None for k in found)
    )
    assert not any(re.match(r"L\d\d\.g", key) for key in found)
    assert size.terms == len(found) - len(practice)
    link = found["L07.p01"][1][-1]
    assert 'href="https://example.org/course/book/haqqani/7-the-network.html"' in link
    without = tmp_path / "b" / "course.apkg"
    export_deck(COURSE, without, None)
    assert "href" not in notes(without)["L07.p01"][1][-1]


def test_an_address_that_is_none_is_refused(tmp_path):
    with pytest.raises(CourseError, match="no address") as caught:
        export_deck(COURSE, tmp_path / "course.apkg", "javascript:alert(1)")
    assert "https://" in caught.value.remedy


def test_the_verb_says_what_the_deck_holds(tmp_path, monkeypatch):
    monkeypatch.chdir(COURSE.root)
    apkg = tmp_path / "safe-haven.apkg"
    result = CliRunner().invoke(main, ["bank", "anki", "--output", str(apkg)])
    assert result.exit_code == 0
    assert re.match(r"\d+ questions and \d+ terms in \d+ decks: ", result.output)
    assert apkg.is_file()
