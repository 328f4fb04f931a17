"""The practice questions and the terms as an Anki deck.

Every id here stays for good: a reader who imports a later deck keeps what Anki knows of each
card. A note is known by the question's id or the term's name, a deck by the lesson's number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import genanki

from safehaven.bank import Presented, Question, present
from safehaven.bank.model import Source
from safehaven.bank.present import fill
from safehaven.render.feedback import feedback_lines
from safehaven.render.markup import inline_html, tag
from safehaven.render.page import PAGE_SEED
from safehaven.render.printed import key_html, question_html, short_key

#: Chosen once. Another number would make Anki take the notes for new ones.
QUESTION_MODEL = 1_733_910_401
TERM_MODEL = 1_733_910_402

CSS = """
.card { font-family: sans-serif; font-size: 18px; line-height: 1.45; max-width: 42em;
  margin: 0 auto; padding: 0 .5em; text-align: left; color: #1d1d1f; background: #fff; }
.nightMode.card { color: #e4e6e8; background: #1e1e1e; }
.stem, .term { font-weight: 600; }
.term { font-size: 1.3em; }
.how, .about { color: #55606b; font-size: .85em; }
.nightMode .how, .nightMode .about { color: #a9b2ba; }
ul.entries { list-style: none; padding: 0; }
ul.entries li { margin: .4em 0 .4em 1.8em; text-indent: -1.8em; }
.letter { display: inline-block; width: 1.8em; text-indent: 0; }
.key { font-weight: 600; }
.key p { display: inline; }
"""
_QUESTION_BACK = """{{FrontSide}}<hr id="answer">
<div class="key">{{Answer}}</div><p>{{Why}}</p>{{Other answers}}
<p class="about">Source: {{Source}}<br>{{Objective}}<br>{{Lesson}}</p>"""
_TERM_ABOUT = '<p class="about">{{Source}}<br>{{Lesson}}</p>'


@dataclass(frozen=True)
class DeckLesson:
    """A lesson as a deck.

    Attributes:
        number: its number.
        title: its title.
        strand: the name of the deck it lies in, `1 History`.
        link: HTML that names the lesson, with or without an address. It is trusted.
        objectives: the text of each objective under its id.
        questions: its practice questions.
    """

    number: int
    title: str
    strand: str
    link: str
    objectives: dict[str, str]
    questions: Sequence[Question]


@dataclass(frozen=True)
class DeckTerm:
    """A term of the glossary.

    Attributes:
        name: the term.
        definition: plain text, shown as it stands.
        source: what `Source.key` names, or an empty text.
        lesson: number of the first lesson that uses it; None where none does.
    """

    name: str
    definition: str
    source: str
    lesson: int | None


@dataclass(frozen=True)
class DeckSize:
    """How much a deck holds."""

    questions: int
    terms: int
    decks: int


def write_anki(
    target: Path,
    *,
    course: str,
    about: str,
    lessons: Sequence[DeckLesson],
    terms: Sequence[DeckTerm],
    cite: Callable[[Source], str],
) -> DeckSize:
    """Write an .apkg file; an earlier file of that name is replaced.

    Args:
        target: the file; its folder is made.
        course: name of the deck that holds all others.
        about: HTML shown with the deck: where it comes from and under which terms.
        lessons: the decks, in their order.
        terms: each goes to the deck of its lesson, both ways: term and definition.
        cite: turns a source into HTML. It is trusted; all else is escaped.
    """
    decks = {
        lesson.number: _deck(
            f"lesson/{lesson.number}",
            f"{course}::{lesson.strand}::{lesson.number:02d} {lesson.title}",
            about,
        )
        for lesson in lessons
    }
    spare = _deck("terms", f"{course}::More terms", about)
    links = {lesson.number: lesson.link for lesson in lessons}
    for lesson in lessons:
        for note in _questions(lesson, cite):
            decks[lesson.number].add_note(note)
    for term in terms:
        deck = decks.get(term.lesson or 0, spare)
        deck.add_note(_term(term, links.get(term.lesson or 0, ""), cite))
    used = [deck for deck in (*decks.values(), spare) if deck.notes]
    target.parent.mkdir(parents=True, exist_ok=True)
    genanki.Package(used).write_to_file(str(target))
    return DeckSize(sum(len(lesson.questions) for lesson in lessons), len(terms), len(used))


def guid(name: str) -> str:
    """The id by which Anki knows a note: of `L07.p01`, or of `term:jirga`."""
    return str(genanki.guid_for("safehaven", name))


def _deck(name: str, shown: str, about: str) -> genanki.Deck:
    digest = hashlib.sha256(f"safehaven/{name}".encode()).digest()
    number = 2**30 + int.from_bytes(digest[:4]) % 2**30  # Anki's ids are times; these are ours
    return genanki.Deck(number, shown, about)


_QUESTION = genanki.Model(
    QUESTION_MODEL,
    "Safe Haven question",
    fields=[
        {"name": name}
        for name in (
            *("Id", "Question", "Answer", "Why", "Other answers"),
            *("Source", "Objective", "Lesson"),
        )
    ],
    templates=[{"name": "Question", "qfmt": "{{Question}}", "afmt": _QUESTION_BACK}],
    css=CSS,
)
_TERM = genanki.Model(
    TERM_MODEL,
    "Safe Haven term",
    fields=[{"name": name} for name in ("Term", "Definition", "Source", "Lesson")],
    templates=[
        {
            "name": "Term to definition",
            "qfmt": '<p class="term">{{Term}}</p><p class="how">What does it mean?</p>',
            "afmt": '{{FrontSide}}<hr id="answer"><p>{{Definition}}</p>' + _TERM_ABOUT,
        },
        {
            "name": "Definition to term",
            "qfmt": '<p>{{Definition}}</p><p class="how">Which term is this?</p>',
            "afmt": '{{FrontSide}}<hr id="answer"><p class="term">{{Term}}</p>' + _TERM_ABOUT,
        },
    ],
    css=CSS,
)


def _questions(lesson: DeckLesson, cite: Callable[[Source], str]) -> Iterator[genanki.Note]:
    for question in lesson.questions:
        presented = present(question, PAGE_SEED)
        day = question.as_of
        as_of = f". Facts as of {day.day} {day:%B %Y}" if day else ""
        objective = lesson.objectives.get(question.objective, "")
        yield genanki.Note(
            model=_QUESTION,
            fields=[
                question.id,
                question_html(presented),
                _answer(presented),
                inline_html(fill(question.why, presented.values)),
                _other_answers(presented),
                "; ".join(cite(source) for source in question.source) + as_of,
                inline_html(f"{question.objective} {objective}".strip()),
                lesson.link,
            ],
            tags=[f"lesson-{lesson.number:02d}", question.level, question.kind],
            guid=guid(question.id),
        )


def _answer(presented: Presented) -> str:
    letters = f"{short_key(presented)} " if presented.entries else ""
    return tag("div", letters, key_html(presented))


def _other_answers(presented: Presented) -> str:
    lines = (
        tag(
            "li",
            tag("b", f"{inline_html(about.rstrip('.'))}:"),
            " ",
            inline_html(fill(feedback, presented.values)),
        )
        for _, about, feedback in feedback_lines(presented)
    )
    return tag("ul", *lines)


def _term(term: DeckTerm, link: str, cite: Callable[[Source], str]) -> genanki.Note:
    source = f"Source: {cite(Source(key=term.source))}" if term.source else ""
    lesson = [f"lesson-{term.lesson:02d}"] if term.lesson else []
    return genanki.Note(
        model=_TERM,
        fields=[inline_html(term.name), inline_html(term.definition), source, link],
        tags=["term", *lesson],
        guid=guid(f"term:{term.name}"),
    )
