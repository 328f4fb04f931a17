"""What leaves the book: the Anki deck and paper quizzes, put together from lessons and bank."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from safehaven.bank import Question, load_bank
from safehaven.bank.blueprint import load_blueprints
from safehaven.bank.draw import draw
from safehaven.bank.load import read_bank_file
from safehaven.bank.model import Source, Use
from safehaven.book.citations import short_name
from safehaven.book.lesson_head import STRAND_NAMES
from safehaven.book.pages.reference import read_rows
from safehaven.book.project import Project
from safehaven.book.review import terms_met
from safehaven.errors import CourseError, raise_all
from safehaven.folders import CourseFolders
from safehaven.lessons import STRANDS, Lesson
from safehaven.render.anki import DeckLesson, DeckSize, DeckTerm, write_anki
from safehaven.render.markup import tag
from safehaven.render.paper import Papers, write_paper

COURSE = "Safe Haven"
ABOUT = (
    "Practice questions and terms of the course Safe Haven: the Taliban, Al-Qaida and the "
    "Haqqani network. Text: CC BY 4.0."
)


def citer(project: Project) -> Callable[[Source], str]:
    """A function that names a work in short with its place, as HTML without an address."""

    def cite(source: Source) -> str:
        entries = project.bibliography.entries
        name = short_name(entries[source.key]) if source.key in entries else source.key
        return html.escape(f"{name}, {source.place}" if source.place else name)

    return cite


def export_deck(folders: CourseFolders, target: Path, base: str | None) -> DeckSize:
    """Write the Anki deck of the whole course.

    Args:
        folders: the course.
        target: the .apkg file.
        base: address at which the book is read, for links to the lessons; None for no links.

    Raises:
        CourseError: the address is not one of the web.
    """
    if base is not None and not re.match(r"https?://[^\s/]+", base):
        raise CourseError(
            f"{base!r} is no address of a site.",
            file=target,
            remedy="Give one that begins with https://, or leave the option out.",
        )
    project = Project(folders.root)
    rows = read_rows(folders.data / "glossary" / "glossary.csv")
    met = {term.name: term.lessons[0] for term in terms_met(rows, project.lessons)}
    return write_anki(
        target,
        course=COURSE,
        about=ABOUT,
        lessons=[_lesson(project, lesson, base) for lesson in project.lessons],
        terms=[
            DeckTerm(row["term"], row["definition"], row["source_key"], met.get(row["term"]))
            for row in rows
        ],
        cite=citer(project),
    )


def _lesson(project: Project, lesson: Lesson, base: str | None) -> DeckLesson:
    strand = lesson.head.strand
    words = html.escape(f"Lesson {lesson.number}: {lesson.head.title}")
    page = lesson.file.relative_to(project.folders.root).with_suffix(".html").as_posix()
    return DeckLesson(
        number=lesson.number,
        title=lesson.head.title,
        strand=f"{STRANDS.index(strand) + 1} {STRAND_NAMES[strand]}",
        link=tag("a", words, href=f"{base.rstrip('/')}/{page}") if base else words,
        objectives={objective.id: objective.text for objective in lesson.head.objectives},
        questions=project.practice.of(lesson.number, "practice"),
    )


@dataclass(frozen=True)
class Chosen:
    """What a paper quiz asks."""

    title: str
    questions: Sequence[Question]
    points: Mapping[str, float]


def export_paper(
    folders: CourseFolders, what: str, *, use: Use, cohort: str, variants: str, target: Path
) -> Papers:
    """Print a quiz on paper, in its variants, with the key.

    Args:
        folders: the course.
        what: the number of a lesson, for all its questions; a file of the bank; or the name of
            a blueprint, from which the questions of the class are drawn.
        use: which questions of a lesson or a file; a blueprint says it itself.
        cohort: the name of the class; the same name prints the same papers.
        variants: a letter for each.
        target: the folder to write to.

    Raises:
        CourseError: nothing of that name is there, or it cannot be printed.
        CourseErrors: what is wrong in the bank.
    """
    project = Project(folders.root)
    chosen = _chosen(project, what, use, cohort)
    return write_paper(
        chosen.questions,
        title=chosen.title,
        cohort=cohort,
        variants=variants,
        points=chosen.points,
        target=target,
        cite=citer(project),
    )


def _chosen(project: Project, what: str, use: Use, cohort: str) -> Chosen:
    folders = project.folders
    if what.isdigit():
        questions = load_bank(folders, uses=(use,), private=True).of(int(what), use)
        if not questions:
            raise CourseError(
                f"Lesson {what} has no {use} questions.",
                file=folders.assessments / use,
                remedy="Name another lesson, or the other use.",
            )
        return Chosen(_title(project, int(what)), questions, {})
    if what.endswith((".yaml", ".yml")):
        file = Path(what)
        if not file.is_file():
            raise CourseError("The file is not there.", file=file, remedy="Mend its name.")
        entries, errors = read_bank_file(file, use)
        raise_all(errors)
        questions = [entry.question for entry in entries]
        return Chosen(_title(project, questions[0].lesson), questions, {})
    (blueprint,) = load_blueprints(folders, [what])
    paper = draw(blueprint, load_bank(folders, private=True), cohort)
    return Chosen(paper.title, paper.questions, paper.points)


def _title(project: Project, number: int) -> str:
    titles = {lesson.number: f": {lesson.head.title}" for lesson in project.lessons}
    return f"Quiz {number}{titles.get(number, '')}"
